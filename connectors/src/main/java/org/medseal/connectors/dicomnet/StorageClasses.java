package org.medseal.connectors.dicomnet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** The storage SOP classes of PS3.4 annexes B.5 and I.4, from a table of the standard. */
public final class StorageClasses {
  private static final String TABLE = "storage-sop-classes.tsv";
  private static final Set<String> ALL = read();

  private StorageClasses() {}

  public static Set<String> uids() {
    return ALL;
  }

  private static Set<String> read() {
    try (InputStream in = StorageClasses.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + TABLE);
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      return lines
          .lines()
          .skip(1)
          .map(line -> line.substring(0, line.indexOf('\t')))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
