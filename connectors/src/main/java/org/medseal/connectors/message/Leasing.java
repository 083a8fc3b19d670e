package org.medseal.connectors.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageException.Reason;
import org.medseal.crypto.CryptoException;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.journal.JournalException;

/** Hands messages out to be worked on, one holder each, and takes unfinished ones back. */
final class Leasing {
  private static final long WAIT_STEP_MS = 200;
  static final String PLACE_INBOX = "inbox";
  private static final Duration UNREAD_REST = Duration.ofSeconds(5);

  private final StoreState state;
  private final StateMoves moves;

  Leasing(StoreState state, StateMoves moves) {
    this.state = state;
    this.moves = moves;
  }

  private record Held(Entry entry, long token) {}

  private record Attempt(String id, long token) {
    static Attempt of(Lease lease) {
      return new Attempt(lease.id(), lease.token());
    }
  }

  /** {@link MessageStore#lease}. */
  Optional<Lease> lease(Optional<String> feed, Duration leaseFor, Duration waitAtMost)
      throws InterruptedException {
    return state
        .locked(() -> next(feed, leaseFor.toMillis(), waitAtMost.toMillis()))
        .map(held -> read(held.entry(), held.token()));
  }

  private Optional<Held> next(Optional<String> feed, long leaseForMs, long waitAtMostMs)
      throws InterruptedException {
    long deadline = nowMs() + waitAtMostMs;
    while (true) {
      state.requireOpen();
      long now = nowMs();
      Optional<Entry> entry = state.index().work().lease(feed, now, now + leaseForMs);
      if (entry.isPresent()) {
        return entry.map(e -> new Held(e, e.course().leaseToken));
      }
      if (now >= deadline) {
        return Optional.empty();
      }
      state.awaitWork(Math.min(WAIT_STEP_MS, deadline - now));
    }
  }

  private Lease read(Entry entry, long token) {
    String id = entry.id();
    try {
      Content content = state.content(entry);
      requireFile(content);
      int attempt = entry.course().attempts;
      return new Lease(id, entry.feed.name(), entry.format, content, attempt, token);
    } catch (RuntimeException | Error e) {
      if (e instanceof JournalException journal
          && journal.reason() == JournalException.Reason.CLOSED) {
        throw journal;
      }
      if (isDamage(e)) {
        moves.quarantined(id, QuarantineReason.RULE_ERROR, PLACE_INBOX);
      } else { // its disk may yet read it, but the feed does not wait for ever
        attemptFailed(new Attempt(id, token), PLACE_INBOX, UNREAD_REST);
      }
      throw new MessageException(
          Reason.UNREADABLE, "message " + id + " cannot be read from the inbox", e);
    }
  }

  /** CryptoException if it is not as long as it was; what is inside is verified as it is read. */
  private static void requireFile(Content content) {
    if (content instanceof SpooledContent) {
      try (InputStream in = content.open()) {
        in.skip(0);
      } catch (NoSuchFileException e) {
        throw new CryptoException(CryptoException.Reason.NOT_AUTHENTIC, "no spooled file", e);
      } catch (IOException e) {
        throw new UncheckedIOException("a spooled file cannot be read", e);
      }
    }
  }

  /** Reading it again would not help. */
  static boolean isDamage(Throwable e) {
    return e instanceof CryptoException
        || e instanceof CodecException
        || (e instanceof JournalException journal
            && (journal.reason() == JournalException.Reason.DAMAGED
                || journal.reason() == JournalException.Reason.NO_SUCH_FRAME));
  }

  /** {@link MessageStore#release}. */
  void release(Lease lease, Duration delay) {
    release(Attempt.of(lease), delay);
  }

  /** {@link MessageStore#attemptFailed}. */
  boolean attemptFailed(Lease lease, String place, Duration delay) {
    return attemptFailed(Attempt.of(lease), place, delay);
  }

  private void release(Attempt attempt, Duration delay) {
    state.underLock(
        () ->
            held(attempt)
                .ifPresent(
                    e -> {
                      e.change().leaseToken = 0;
                      e.change().notBeforeMs = nowMs() + delay.toMillis();
                      state.signalWork();
                    }));
  }

  private boolean attemptFailed(Attempt attempt, String place, Duration delay) {
    return state.locked(
        () -> {
          boolean spent =
              held(attempt)
                  .filter(e -> ++e.change().failures >= MessageStore.MAX_ATTEMPTS)
                  .isPresent();
          if (spent) {
            moves.quarantined(attempt.id(), QuarantineReason.RULE_ERROR, place);
          } else {
            release(attempt, delay);
          }
          return spent;
        });
  }

  private Optional<Entry> held(Attempt attempt) {
    return state
        .index()
        .find(attempt.id())
        .filter(e -> e.state == MessageState.RECEIVED && !e.course().moving)
        .filter(e -> e.course().leaseToken == attempt.token());
  }

  private long nowMs() {
    return state.times().monotonicMs().getAsLong();
  }
}
