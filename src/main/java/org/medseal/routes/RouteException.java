package org.medseal.routes;

import java.util.Objects;

/** Routes that cannot be used; the message names the file and what to change. */
public final class RouteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with them. */
  public enum Reason {
    /** Not YAML, or not of routes. */
    FORM,
    /** Something no route here may do. */
    FORBIDDEN,
    /** Camel cannot make routes of it. */
    UNUSABLE,
    /** It could not start; what ran before runs on. */
    NOT_STARTED,
    /** No such generation. */
    GENERATION
  }

  private final Reason reason;

  RouteException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason);
  }

  RouteException(Reason reason, String message, Throwable cause) {
    super(message + ": " + oneLine(cause), cause);
    this.reason = Objects.requireNonNull(reason);
  }

  public Reason reason() {
    return reason;
  }

  private static String oneLine(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return (root.getClass().getSimpleName() + " " + root.getMessage())
        .replaceAll("\\s+", " ")
        .strip();
  }
}
