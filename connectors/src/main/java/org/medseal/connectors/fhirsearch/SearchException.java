package org.medseal.connectors.fhirsearch;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A poll that could not be finished; the next one begins where the last finished one ended. The
 * message holds status codes and reasons only, nothing of what the server sent.
 */
public final class SearchException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong, with what to do about it. */
  public enum Reason {
    UNREACHABLE("The server cannot be reached; look at address, network and certificate."),
    BUSY("The server asked to come back later; it will be asked again then."),
    REFUSED("The server refused the search; look at its log, the token and the resource types."),
    REDIRECTED("The server points to another address; set that one if it is the right one."),
    ELSEWHERE("A page's next link leaves the server's base address; it is not followed."),
    LOOP("The pages of a search lead back to one already read; the server's paging is broken."),
    TOO_LARGE("A page or the number of pages exceeds the limit; lower the page size."),
    UNREADABLE("The answer is no whole searchset Bundle in JSON; the server or a proxy cut it.");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    public String sentence() {
      return sentence;
    }
  }

  private final Reason reason;
  private final long retryAfterMs;

  private SearchException(Reason reason, String detail, Duration retryAfter) {
    super(reason + " " + detail, null, false, false);
    this.reason = Objects.requireNonNull(reason);
    this.retryAfterMs = retryAfter.toMillis();
  }

  static SearchException of(Reason reason, String detail) {
    return new SearchException(reason, detail, Duration.ZERO);
  }

  static SearchException busy(int status, Duration retryAfter) {
    return new SearchException(Reason.BUSY, "HTTP " + status, retryAfter);
  }

  public Reason reason() {
    return reason;
  }

  /** What the server asked for, if it did. */
  public Optional<Duration> retryAfter() {
    return retryAfterMs > 0 ? Optional.of(Duration.ofMillis(retryAfterMs)) : Optional.empty();
  }
}
