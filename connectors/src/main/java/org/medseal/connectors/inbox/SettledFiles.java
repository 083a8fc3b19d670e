package org.medseal.connectors.inbox;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.medseal.connectors.folder.FileEnding;

/**
 * Leaves a file alone while its end is missing, until it has not grown for so long that nobody can
 * be writing it; then it is taken as it is, and what is missing is quarantined. For a folder's
 * {@code filter}.
 */
public final class SettledFiles implements GenericFileFilter<File> {
  private final Duration patience;
  private final InstantSource clock;

  public SettledFiles(Duration patience, InstantSource clock) {
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public boolean accept(GenericFile<File> file) {
    if (file.isDirectory()) {
      return true;
    }
    long restedMs = clock.millis() - file.getLastModified();
    return restedMs >= patience.toMillis() || isWhole(file.getFile());
  }

  /** A file that cannot be read is taken, and fails where failures are dealt with. */
  private static boolean isWhole(File file) {
    try {
      return FileEnding.isWhole(file.toPath());
    } catch (IOException e) {
      return true;
    }
  }
}
