package org.medseal.connectors.content;

import java.io.InputStream;

/** Bytes on their way in: they can be read once, and only while their sender goes on. */
public interface Arriving {
  /** To be read to its end; an IOException where the sender breaks off. Need not be closed. */
  InputStream stream();
}
