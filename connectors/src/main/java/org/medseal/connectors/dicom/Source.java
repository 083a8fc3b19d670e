package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.InputStream;

/** Where the values of a data set lie. May be opened again and again, as long as it is used. */
@FunctionalInterface
interface Source {
  /** From this byte on; the caller closes it. */
  InputStream open(long offset) throws IOException;
}
