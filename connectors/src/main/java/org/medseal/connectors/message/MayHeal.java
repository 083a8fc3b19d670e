package org.medseal.connectors.message;

/**
 * A failure that knows whether time may mend it; one that cannot be mended is not tried for ever.
 */
public interface MayHeal {
  boolean mayHeal();
}
