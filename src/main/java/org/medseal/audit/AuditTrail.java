package org.medseal.audit;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.audit.AuditException.Reason;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.journal.JournalOptions;
import org.medseal.ledger.model.Hash;

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
  private final AuditColumns columns = new AuditColumns();
  private final Rereading rereading;
  private byte[] lastHash = ChainedEntry.FIRST;

  private AuditTrail(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
    this.rereading = new Rereading(this, journal);
  }

  /**
   * The newest entry.
   *
   * @param sequence 0 for an empty trail
   * @param hash of its frame, which covers all before it
   */
  public record Head(long sequence, Hash hash) {}

  /** BROKEN_CHAIN names the first entry that does not follow; then nothing is opened. */
  public static AuditTrail open(Path auditFolder) {
    return open(auditFolder, Clock.systemUTC());
  }

  static AuditTrail open(Path auditFolder, Clock clock) {
    AuditTrail trail = new AuditTrail(Journal.open(auditFolder, SIZES), clock);
    boolean sound = false;
    try {
      trail.journal.replay(trail.journal.firstPosition(), trail::follow);
      trail.rereading.isSoundTo(trail.inMemory());
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
        || entry.sequence() != columns.size() + 1L
        || !MessageDigest.isEqual(ChainedEntry.previousHash(frame), lastHash)) {
      throw new AuditException(
          Reason.BROKEN_CHAIN,
          "audit entry "
              + (columns.size() + 1L)
              + " does not follow from the one before it; the trail was changed");
    }
    columns.add(position, entry);
    lastHash = ChainedEntry.hash(frame);
  }

  /** Several callers share a sync. */
  public void record(AuditEntry entry) {
    journal.syncThrough(append(entry));
  }

  /** All of them, in this order; on disk when it returns. */
  public void recordAll(List<AuditEntry> entries) {
    long last = -1;
    for (AuditEntry each : entries) {
      last = append(each);
    }
    journal.syncThrough(last);
  }

  private synchronized long append(AuditEntry entry) {
    ChainedEntry chained = new ChainedEntry(columns.size() + 1L, clock.instant(), entry);
    byte[] frame = chained.frame(lastHash);
    long position = journal.append(ENTRY, frame);
    columns.add(position, chained);
    lastHash = ChainedEntry.hash(frame);
    return position;
  }

  public synchronized long size() {
    return columns.size();
  }

  /** On disk when it returns: what is told to others of the trail must outlive a power cut. */
  public Head head() {
    Head head;
    long position;
    synchronized (this) {
      head = inMemory();
      position = columns.size() == 0 ? -1 : columns.position(columns.size());
    }
    journal.syncThrough(position);
    return head;
  }

  synchronized Head inMemory() {
    return new Head(columns.size(), Hash.of(lastHash));
  }

  synchronized long position(long sequence) {
    return columns.position(sequence);
  }

  /**
   * Reads from disk what was written since the last reading. Empty if that is what this node wrote;
   * otherwise the first entry that may not be. What was changed before shows by {@link #rereadAll}
   * only.
   */
  public Optional<Long> rereadNew() {
    return rereading.ofNew();
  }

  /** The same from the first entry on. Takes as long as opening the trail. */
  public Optional<Long> rereadAll() {
    return rereading.ofAll();
  }

  /** SHA-256 of that entry's frame; empty if the trail has no such entry, or has it no more. */
  public Optional<Hash> hashAt(long sequence) {
    try {
      return frame(sequence).map(each -> Hash.of(ChainedEntry.hash(each)));
    } catch (JournalException e) {
      if (!Rereading.tellsOfFiles(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private Optional<byte[]> frame(long sequence) {
    long position;
    synchronized (this) {
      if (sequence < 1 || sequence > columns.size()) {
        return Optional.empty();
      }
      position = columns.position(sequence);
    }
    return Optional.of(journal.read(position).payload());
  }

  /**
   * Entries found, newest first.
   *
   * @param next whether there are more behind them
   */
  record Found(List<ChainedEntry> entries, boolean next) {
    Found {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Newest first, at most {@code count} (1 to 1000) with a sequence below {@code before}; 0 means
   * from the newest.
   */
  Found page(AuditQuery query, long before, int count) {
    if (before < 0 || count < 1 || count > LONGEST_PAGE) {
      throw new IllegalArgumentException("a page has 1 to " + LONGEST_PAGE + " entries");
    }
    List<ChainedEntry> page = new ArrayList<>();
    List<Long> sequences = matching(query, before, count + 1);
    for (long sequence : sequences.subList(0, Math.min(count, sequences.size()))) {
      page.add(entry(sequence));
    }
    return new Found(page, sequences.size() > count);
  }

  private synchronized List<Long> matching(AuditQuery query, long before, int most) {
    long newest = before == 0 ? columns.size() : Math.min(before - 1, columns.size());
    AuditColumns.Search search = columns.search(query);
    List<Long> sequences = new ArrayList<>();
    for (long sequence = newest; sequence > 0 && sequences.size() < most; sequence--) {
      if (search.matches(sequence)) {
        sequences.add(sequence);
      }
    }
    return sequences;
  }

  /** How many entries match. */
  synchronized long count(AuditQuery query) {
    AuditColumns.Search search = columns.search(query);
    long count = 0;
    for (long sequence = 1; sequence <= columns.size(); sequence++) {
      count += search.matches(sequence) ? 1 : 0;
    }
    return count;
  }

  /** The first match above {@code after}, if there is one up to {@code last}. */
  synchronized Optional<Long> next(AuditQuery query, long after, long last) {
    AuditColumns.Search search = columns.search(query);
    for (long sequence = after + 1; sequence <= last; sequence++) {
      if (search.matches(sequence)) {
        return Optional.of(sequence);
      }
    }
    return Optional.empty();
  }

  ChainedEntry entry(long sequence) {
    return ChainedEntry.parse(
        frame(sequence)
            .orElseThrow(
                () -> new IllegalArgumentException("there is no audit entry " + sequence)));
  }

  @Override
  public synchronized void close() {
    journal.close();
  }
}
