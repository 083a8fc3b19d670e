package org.medseal.connectors.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFile;
import org.medseal.connectors.message.BackPressureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs where a picked-up file could not be stored. While the inbox is full or its disk is gone the
 * file stays where it is. A file that is to blame itself is tried as {@link FileAttempts} says,
 * then moved to {@code .failed} beside it under a name of our own, since its own may name a
 * patient.
 */
public final class FileFailed implements Processor {
  static final String ASIDE = ".failed";

  private static final Logger LOG = LoggerFactory.getLogger(FileFailed.class);

  private final IntakeFailed failed = new IntakeFailed();
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;
  private final FileAttempts attempts;

  public FileFailed(InstantSource clock, FileAttempts attempts) {
    this.clock = clock;
    this.attempts = attempts;
  }

  @Override
  public void process(Exchange exchange) throws IOException {
    failed.process(exchange);
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    GenericFile<?> file = exchange.getProperty(Exchange.FILE_EXCHANGE_FILE, GenericFile.class);
    if (cause == null || file == null || mayHeal(cause)) {
      return;
    }
    Path path = Path.of(file.getAbsoluteFilePath());
    if (attempts.failed(path)) {
      attempts.forget(path);
      moveAside(path, exchange.getFromRouteId(), AttemptFailure.kinds(cause));
    }
  }

  private static boolean mayHeal(Throwable cause) {
    for (Throwable at = cause; at != null && at != at.getCause(); at = at.getCause()) {
      if (at instanceof BackPressureException) {
        return true;
      }
    }
    return AttemptFailure.mayHeal(cause);
  }

  private void moveAside(Path path, String route, String kinds) throws IOException {
    byte[] tail = new byte[8];
    random.nextBytes(tail);
    String name = String.format("%012x", clock.millis()) + HexFormat.of().formatHex(tail);
    Path folder = Files.createDirectories(path.resolveSibling(ASIDE));
    Files.move(path, folder.resolve(name));
    LOG.error("a file of {} cannot be read and is now {}/{} ({})", route, ASIDE, name, kinds);
  }
}
