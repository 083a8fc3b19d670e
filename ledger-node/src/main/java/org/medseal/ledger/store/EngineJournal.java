package org.medseal.ledger.store;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.medseal.ledger.engine.embedded.EngineLog;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.journal.JournalOptions;

/** The engine's write-ahead log in a journal of its own; files of past heights are deleted. */
public final class EngineJournal implements EngineLog, AutoCloseable {
  private static final int START_HEIGHT = 1;
  private static final int ENTRY = 2;
  private static final JournalOptions OPTIONS = new JournalOptions(16L << 20, 64 << 20);

  private final Journal journal;

  /** Position of the first mark of each height that is kept. */
  private final TreeMap<Long, Long> starts = new TreeMap<>();

  private EngineJournal(Journal journal) {
    this.journal = journal;
  }

  public static EngineJournal open(Path folder, Disk disk) {
    return open(folder, disk, OPTIONS);
  }

  static EngineJournal open(Path folder, Disk disk, JournalOptions options) {
    EngineJournal log = new EngineJournal(Journal.open(folder, options, disk));
    log.journal.replay(
        0,
        (position, type, payload) -> {
          if (type == START_HEIGHT) {
            log.starts.putIfAbsent(ByteBuffer.wrap(payload).getLong(), position);
          }
        });
    return log;
  }

  /** No height was ever begun. */
  boolean isEmpty() {
    return starts.isEmpty();
  }

  @Override
  public void append(byte[] entry) {
    journal.append(ENTRY, entry);
  }

  @Override
  public void sync() {
    journal.sync();
  }

  @Override
  public void startHeight(long height) {
    byte[] mark = ByteBuffer.allocate(Long.BYTES).putLong(height).array();
    long position = journal.append(START_HEIGHT, mark);
    starts.putIfAbsent(height, position);
    starts.headMap(height).clear();
    journal.dropBefore(starts.get(height));
  }

  @Override
  public List<byte[]> entriesSince(long height) {
    Long start = starts.get(height);
    if (start == null) {
      return List.of();
    }
    Map.Entry<Long, Long> next = starts.higherEntry(height);
    long end = next == null ? Long.MAX_VALUE : next.getValue();
    List<byte[]> entries = new ArrayList<>();
    journal.replay(
        start,
        (position, type, payload) -> {
          if (type == ENTRY && position < end) {
            entries.add(payload);
          }
        });
    return entries;
  }

  @Override
  public void close() {
    journal.close();
  }
}
