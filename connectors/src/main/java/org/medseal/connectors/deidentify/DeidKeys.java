package org.medseal.connectors.deidentify;

import java.util.Objects;
import org.medseal.crypto.pseudonym.PseudonymKey;

/** The consortium's key for national identifiers and the institution's key for all local ones. */
public record DeidKeys(PseudonymKey consortium, PseudonymKey local) {
  public DeidKeys {
    Objects.requireNonNull(consortium);
    Objects.requireNonNull(local);
  }
}
