package org.medseal.audit;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.medseal.audit.AuditException.Reason;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.journal.JournalOptions;

/**
 * The node's audit trail. Each entry carries the hash of the one before it; {@link #open} checks
 * the whole chain. An entry is on disk when {@link #record} returns, and whoever cannot record must
 * not act. Thread-safe.
 */
public final class AuditTrail implements AutoCloseable {
  private static final int ENTRY = 1;
  private static final JournalOptions SIZES = new JournalOptions(16L << 20, 64 << 10);
  private static final int LONGEST_PAGE = 1_000;

  private final Journal journal;
  private final Clock clock;
  private final List<Long> positions = new ArrayList<>();
  private byte[] lastHash = ChainedEntry.FIRST;

  private AuditTrail(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** BROKEN_CHAIN names the first entry that does not follow; then nothing is opened. */
  public static AuditTrail open(Path auditFolder) {
    return open(auditFolder, Clock.systemUTC());
  }

  static AuditTrail open(Path auditFolder, Clock clock) {
    AuditTrail trail = new AuditTrail(Journal.open(auditFolder, SIZES), clock);
    boolean sound = false;
    try {
      trail.journal.replay(trail.journal.firstPosition(), trail::follow);
      sound = true;
      return trail;
    } finally {
      if (!sound) {
        trail.journal.close();
      }
    }
  }

  private void follow(long position, int type, byte[] frame) {
    ChainedEntry entry = ChainedEntry.parse(frame);
    if (type != ENTRY
        || entry.sequence() != positions.size() + 1L
        || !MessageDigest.isEqual(ChainedEntry.previousHash(frame), lastHash)) {
      throw new AuditException(
          Reason.BROKEN_CHAIN,
          "audit entry "
              + (positions.size() + 1L)
              + " does not follow from the one before it; the trail was changed");
    }
    positions.add(position);
    lastHash = ChainedEntry.hash(frame);
  }

  public synchronized void record(AuditEntry entry) {
    byte[] frame = new ChainedEntry(positions.size() + 1L, clock.instant(), entry).frame(lastHash);
    long position = journal.append(ENTRY, frame);
    positions.add(position);
    lastHash = ChainedEntry.hash(frame);
    journal.syncThrough(position);
  }

  public synchronized long size() {
    return positions.size();
  }

  /**
   * Newest first, at most {@code count} (1 to 1000) with a sequence below {@code before}; 0 means
   * from the newest.
   */
  synchronized List<ChainedEntry> page(long before, int count) {
    if (before < 0 || count < 1 || count > LONGEST_PAGE) {
      throw new IllegalArgumentException("a page has 1 to " + LONGEST_PAGE + " entries");
    }
    long newest = before == 0 ? positions.size() : Math.min(before - 1, positions.size());
    List<ChainedEntry> page = new ArrayList<>();
    for (long sequence = newest; sequence > 0 && page.size() < count; sequence--) {
      page.add(ChainedEntry.parse(journal.read(positions.get((int) sequence - 1)).payload()));
    }
    return page;
  }

  @Override
  public synchronized void close() {
    journal.close();
  }
}
