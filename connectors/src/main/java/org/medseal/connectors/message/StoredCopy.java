package org.medseal.connectors.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.ledger.model.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copy of a message that comes again. While something must still be made of it, it is read
 * before the new one is thrown away; damaged, it stays in quarantine and the new one is taken.
 */
final class StoredCopy {
  private static final Logger LOG = LoggerFactory.getLogger(StoredCopy.class);

  private final StoreState state;
  private final StateMoves moves;

  StoredCopy(StoreState state, StateMoves moves) {
    this.state = state;
    this.moves = moves;
  }

  /** UncheckedIOException or JournalException if its disk may yet read it. */
  void giveUpIfDamaged(Bytes fingerprint) {
    Optional<Entry> known = state.locked(() -> needed(fingerprint));
    if (known.isPresent() && !opens(known.get())) {
      state.underLock(
          () -> needed(fingerprint).filter(known.get()::equals).ifPresent(this::giveUp));
    }
  }

  /** Only inside the lock; one whose records are or may come on the ledger needs no content. */
  private Optional<Entry> needed(Bytes fingerprint) {
    return state
        .index()
        .keys()
        .withFingerprint(fingerprint)
        .filter(entry -> !entry.course().moving && isUnfinished(entry.state))
        .filter(entry -> entry.course().records.stream().allMatch(OutboxRecord::retired));
  }

  private static boolean isUnfinished(MessageState state) {
    return switch (state) {
      case RECEIVED, QUARANTINED, FAILED -> true;
      case SEALED, SUBMITTED, COMMITTED, NOT_A_RECORD, DISCARDED -> false;
    };
  }

  private boolean opens(Entry entry) {
    try (InputStream in = state.content(entry).open()) {
      in.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("a spooled file cannot be read", e);
    } catch (RuntimeException e) {
      if (Leasing.isDamage(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Whoever works on it can no longer seal it. */
  private void giveUp(Entry entry) {
    if (entry.state == MessageState.RECEIVED) {
      moves.quarantined(entry.id(), QuarantineReason.RULE_ERROR, Leasing.PLACE_INBOX);
    }
    state.index().disown(entry);
    LOG.error("message {} cannot be read and came again: taken as a new one", entry.id());
  }
}
