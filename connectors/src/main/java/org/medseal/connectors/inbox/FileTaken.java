package org.medseal.connectors.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFile;

/**
 * Deletes a picked-up file; the step after its messages were stored. One that has grown meanwhile
 * stays, to be read again: what was stored of it is then known. Camel's own delete is not used, for
 * its roll-back logs the file's name.
 */
public final class FileTaken implements Processor {
  @Override
  public void process(Exchange exchange) throws IOException {
    GenericFile<?> file = exchange.getProperty(Exchange.FILE_EXCHANGE_FILE, GenericFile.class);
    Path path = Path.of(file.getAbsoluteFilePath());
    if (Files.exists(path) && Files.size(path) == file.getFileLength()) {
      Files.delete(path);
    }
  }
}
