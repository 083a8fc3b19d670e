package org.medseal.connectors.inbox;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.medseal.connectors.folder.FileEnding;

/**
 * Leaves a file alone while more may come. One whose end is missing is waited for until it has not
 * grown for so long that nobody can be writing it; then it is taken as it is, and what is missing
 * is quarantined. For a folder's {@code filter}.
 */
public final class SettledFiles implements GenericFileFilter<File> {
  private final FileRests rests;
  private final InstantSource clock;

  public SettledFiles(FileRests rests, InstantSource clock) {
    this.rests = rests;
    this.clock = clock;
  }

  @Override
  public boolean accept(GenericFile<File> file) {
    if (file.isDirectory()) {
      return true;
    }
    long restedMs = clock.millis() - file.getLastModified();
    return restedMs >= rests.unfinished().toMillis() || restedMs >= rest(file.getFile()).toMillis();
  }

  /** A file that cannot be read is taken, and fails where failures are dealt with. */
  private Duration rest(File file) {
    try {
      return switch (FileEnding.of(file.toPath())) {
        case WHOLE -> Duration.ZERO;
        case UNMARKED -> rests.unmarked();
        case MISSING -> rests.unfinished();
      };
    } catch (IOException e) {
      return Duration.ZERO;
    }
  }
}
