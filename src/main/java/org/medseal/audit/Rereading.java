package org.medseal.audit;

import java.io.EOFException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Optional;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.model.Hash;

/**
 * Reads entries from disk again, the files opened anew by their names, and compares them with what
 * this node wrote: the hashes it keeps in memory. Remembers how far that went well, so that each
 * entry is read once; what did not go well stays until everything is read again. Thread-safe.
 */
final class Rereading {
  private static final AuditTrail.Head BEGINNING =
      new AuditTrail.Head(0, Hash.of(ChainedEntry.FIRST));

  private final AuditTrail trail;
  private final Journal journal;
  private AuditTrail.Head sound = BEGINNING;
  private Optional<Long> changed = Optional.empty();

  Rereading(AuditTrail trail, Journal journal) {
    this.trail = trail;
    this.journal = journal;
  }

  /** What was read just now need not be read again. */
  synchronized void isSoundTo(AuditTrail.Head head) {
    sound = head;
  }

  synchronized Optional<Long> ofAll() {
    sound = BEGINNING;
    changed = Optional.empty();
    return ofNew();
  }

  synchronized Optional<Long> ofNew() {
    AuditTrail.Head end = trail.inMemory();
    if (changed.isEmpty() && end.sequence() > sound.sequence()) {
      Walk walk = new Walk(sound, end.sequence());
      try {
        journal.replay(trail.position(sound.sequence() + 1), walk::visit);
      } catch (JournalException e) {
        if (!tellsOfFiles(e)) {
          throw e;
        }
        walk.broken = true;
      }
      changed = walk.changed(end);
      if (changed.isEmpty()) {
        sound = end;
      }
    }
    return changed;
  }

  /** Whether a file is gone, cut, or other than it was, not just out of reach now. */
  static boolean tellsOfFiles(JournalException e) {
    return switch (e.reason()) {
      case DAMAGED, UNSUPPORTED_VERSION, NO_SUCH_FRAME -> true;
      case READ_FAILED ->
          e.getCause() instanceof NoSuchFileException || e.getCause() instanceof EOFException;
      default -> false;
    };
  }

  /** From an entry known to be sound to another; what comes behind that is left alone. */
  private static final class Walk {
    private final long first;
    private final long last;
    private long sequence;
    private byte[] hash;
    private boolean broken;

    private Walk(AuditTrail.Head from, long last) {
      this.first = from.sequence() + 1;
      this.last = last;
      this.sequence = from.sequence();
      this.hash = from.hash().toArray();
    }

    private void visit(long position, int type, byte[] frame) {
      if (broken || sequence == last) {
        return;
      }
      broken =
          frame.length < ChainedEntry.FIRST.length
              || !MessageDigest.isEqual(ChainedEntry.previousHash(frame), hash);
      if (!broken) {
        sequence++;
        hash = ChainedEntry.hash(frame);
      }
    }

    /** The last before the break: by the hash in the next one, it may be the changed one itself. */
    private Optional<Long> changed(AuditTrail.Head end) {
      if (broken || sequence < last) {
        return Optional.of(Math.max(first, sequence));
      }
      return Hash.of(hash).equals(end.hash()) ? Optional.empty() : Optional.of(last);
    }
  }
}
