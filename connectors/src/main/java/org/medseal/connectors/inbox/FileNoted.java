package org.medseal.connectors.inbox;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFile;

/** Notes which state of a picked-up file is about to be read; the step before its first byte. */
public final class FileNoted implements Processor {
  /** Property: {@link FileMark}. */
  static final String MARK = "MedSealFileMark";

  @Override
  public void process(Exchange exchange) throws IOException {
    GenericFile<?> file = exchange.getProperty(Exchange.FILE_EXCHANGE_FILE, GenericFile.class);
    exchange.setProperty(MARK, FileMark.of(Path.of(file.getAbsoluteFilePath())));
  }
}
