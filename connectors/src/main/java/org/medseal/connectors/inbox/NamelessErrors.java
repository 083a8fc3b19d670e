package org.medseal.connectors.inbox;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs kinds of failures only: messages of Camel's exceptions name files, and files are named after
 * patients. For {@code exceptionHandler=#intakeErrors}.
 */
public final class NamelessErrors implements ExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(NamelessErrors.class);
  private static final int MAX_CAUSES = 10;

  @Override
  public void handleException(Throwable exception) {
    log(exception);
  }

  @Override
  public void handleException(String message, Throwable exception) {
    log(exception);
  }

  @Override
  public void handleException(String message, Exchange exchange, Throwable exception) {
    log(exception);
  }

  private static void log(Throwable exception) {
    StringBuilder kinds = new StringBuilder();
    Throwable at = exception;
    for (int i = 0; at != null && i < MAX_CAUSES; i++, at = at.getCause()) {
      kinds.append(i == 0 ? "" : " by ").append(at.getClass().getSimpleName());
    }
    LOG.warn("a message was not taken and stays at its source ({})", kinds);
  }
}
