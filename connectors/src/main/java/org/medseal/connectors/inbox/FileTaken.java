package org.medseal.connectors.inbox;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFile;

/**
 * Deletes a picked-up file; the step after its messages were stored. One that has grown or was
 * replaced meanwhile stays, to be read again: what was stored of it is then known. Camel's own
 * delete is not used, for its roll-back logs the file's name.
 */
public final class FileTaken implements Processor {
  /** Begins a name that no folder feed looks at. */
  static final String OURS = ".medseal-";

  private final FileAttempts attempts;

  public FileTaken(FileAttempts attempts) {
    this.attempts = attempts;
  }

  @Override
  public void process(Exchange exchange) throws IOException {
    GenericFile<?> file = exchange.getProperty(Exchange.FILE_EXCHANGE_FILE, GenericFile.class);
    Path path = Path.of(file.getAbsoluteFilePath());
    attempts.forget(path);
    FileMark read =
        Optional.ofNullable(exchange.getProperty(FileNoted.MARK, FileMark.class))
            .orElseGet(() -> FileMark.listed(file));
    if (Files.exists(path) && read.isStill(path)) {
      delete(path, read);
    }
  }

  /** Under a name of our own first: what a sender puts in its place is then not what is deleted. */
  private static void delete(Path path, FileMark read) throws IOException {
    String name = UUID.randomUUID().toString();
    Path ours = Files.move(path, path.resolveSibling(OURS + name));
    if (read.isStill(ours)) {
      Files.delete(ours);
      return;
    }
    try {
      Files.move(ours, path);
    } catch (FileAlreadyExistsException e) {
      Files.move(ours, path.resolveSibling(name));
    }
  }
}
