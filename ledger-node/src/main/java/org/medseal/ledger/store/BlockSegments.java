package org.medseal.ledger.store;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.engine.embedded.Base;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.OlderBlock;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.journal.JournalOptions;
import org.medseal.ledger.journal.JournalReader;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.store.StoreException.Reason;

/**
 * Decided blocks, each with its certificate and outcome in one frame of a journal. Where a height
 * stands is kept in memory and found again by scanning at open. Reads from any thread.
 */
public final class BlockSegments implements BlockStore, AutoCloseable {
  /** Of one frame's payload. */
  static final int MAX_FRAME_BYTES = (128 << 20) + (1 << 20);

  private static final int BLOCK = 1;
  private static final int MAX_BLOCK_BYTES = 128 << 20;
  static final int MAX_OUTCOME_BYTES = 64 << 10;
  private static final JournalOptions OPTIONS = new JournalOptions(64L << 20, MAX_FRAME_BYTES);

  private final Journal journal;
  private final Optional<Base> base;
  private final Optional<OlderBlocks> older;
  private final Runnable beforeBlock;
  private final Positions positions = new Positions(); // of the heights above the base

  private BlockSegments(Journal journal, Joined joined, Runnable beforeBlock) {
    this.journal = journal;
    this.beforeBlock = beforeBlock;
    this.base = joined.base();
    this.older = joined.older();
  }

  /** What lies below the blocks in the segments; nothing where they begin with the first. */
  record Joined(Optional<Base> base, Optional<OlderBlocks> older) {
    static final Joined NOT = new Joined(Optional.empty(), Optional.empty());
  }

  private record Stored(StoredBlock block, Bytes outcome) {}

  /**
   * Checks every frame of the last segment and of those not noted down by an earlier start;
   * StoreException or JournalException names the first damaged one. Damage elsewhere is found when
   * the block is read.
   */
  public static BlockSegments open(Path folder, Disk disk) {
    return open(folder, disk, OPTIONS);
  }

  /**
   * @param beforeBlock what has to be durable before a block that was decided here is appended
   */
  static BlockSegments open(Path folder, Disk disk, Joined joined, Runnable beforeBlock) {
    Journal journal = Journal.open(folder, OPTIONS, disk);
    return located(new BlockSegments(journal, joined, beforeBlock), folder, disk);
  }

  static BlockSegments open(Path folder, Disk disk, JournalOptions options) {
    Journal journal = Journal.open(folder, options, disk);
    return located(new BlockSegments(journal, Joined.NOT, () -> {}), folder, disk);
  }

  private static BlockSegments located(BlockSegments segments, Path folder, Disk disk) {
    try {
      segments.locateAll(folder, disk);
    } catch (RuntimeException e) {
      segments.close();
      throw e;
    }
    return segments;
  }

  private void locateAll(Path folder, Disk disk) {
    List<Long> starts = journal.fileStarts();
    for (int i = 0; i + 1 < starts.size(); i++) {
      locate(folder, disk, starts.get(i), starts.get(i + 1));
    }
    journal.replay(starts.get(starts.size() - 1), this::note);
  }

  /** A segment that is full and never changes again. */
  private void locate(Path folder, Disk disk, long start, long end) {
    Path notes = SegmentHeights.file(folder, start);
    int before = positions.size();
    Optional<SegmentHeights> known =
        SegmentHeights.read(notes, disk)
            .filter(each -> each.firstHeight() == baseHeight() + before + 1L && each.end() == end);
    if (known.isPresent()) {
      Arrays.stream(known.get().positions()).forEach(positions::add);
    } else {
      journal.replay(start, end, this::note);
      new SegmentHeights(baseHeight() + before + 1L, end, positions.since(before))
          .write(notes, disk);
    }
  }

  /**
   * Visits the blocks of a copy at rest in order, changing nothing; the visitor's answer false ends
   * it. Says what stands where no intact block does; empty when all were visited or the visitor
   * ended it.
   */
  public static Optional<String> walk(Path folder, Predicate<StoredBlock> visitor) {
    boolean[] ended = {false};
    Optional<String> damage =
        JournalReader.walk(
            folder,
            OPTIONS,
            (position, type, payload) -> ended[0] = ended[0] || !visitor.test(block(payload)));
    return ended[0] ? Optional.empty() : damage;
  }

  /** As {@link #walk}, with what stands beside each block. */
  public static Optional<String> walkWithOutcomes(
      Path folder, BiPredicate<StoredBlock, Bytes> visitor) {
    boolean[] ended = {false};
    Optional<String> damage =
        JournalReader.walk(
            folder,
            OPTIONS,
            (position, type, payload) -> {
              if (!ended[0]) {
                Stored stored = decode(payload);
                ended[0] = !visitor.test(stored.block(), stored.outcome());
              }
            });
    return ended[0] ? Optional.empty() : damage;
  }

  /**
   * The frames of all blocks in order, of a folder that a node may be writing to; JournalException
   * DAMAGED names what is not intact.
   */
  static void walkFrames(Path folder, Disk disk, Consumer<byte[]> visitor) {
    JournalReader.walkWhole(
        folder, OPTIONS, (position, type, payload) -> visitor.accept(payload), disk);
  }

  static StoredBlock block(byte[] payload) {
    return decode(payload).block();
  }

  @Override
  public synchronized long height() {
    return baseHeight() + positions.size();
  }

  private long baseHeight() {
    return base.map(Base::height).orElse(0L);
  }

  @Override
  public long lowest() {
    return older.map(OlderBlocks::lowest).orElse(1L);
  }

  @Override
  public Optional<Base> base() {
    return base;
  }

  /** Where blocks from before the base are put; empty if the node did not join by a snapshot. */
  public Optional<OlderBlocks> older() {
    return older;
  }

  /** Bytes that the blocks from this height on take on disk. */
  public long bytesSince(long height) {
    long end = journal.endPosition();
    synchronized (this) {
      return height < 1 || height > height()
          ? 0
          : end - positions.get((int) Math.max(0, height - baseHeight() - 1));
    }
  }

  @Override
  public Optional<StoredBlock> block(long height) {
    return height <= baseHeight()
        ? older.flatMap(each -> each.block(height)).map(OlderBlock::stored)
        : read(height).map(Stored::block);
  }

  @Override
  public Optional<Bytes> outcome(long height) {
    return height <= baseHeight()
        ? older.flatMap(each -> each.outcome(height))
        : read(height).map(Stored::outcome);
  }

  @Override
  public void append(StoredBlock block, Bytes outcome) {
    beforeBlock.run();
    add(block, outcome);
  }

  private void add(StoredBlock block, Bytes outcome) {
    if (block.height() != height() + 1) {
      throw new StoreException(
          Reason.OUT_OF_ORDER, "block " + block.height() + " offered at height " + height());
    }
    long position = journal.append(BLOCK, frame(block, outcome));
    journal.syncThrough(position);
    synchronized (this) {
      positions.add(position);
    }
  }

  /** As a block stands in a segment and in a backup. */
  static byte[] frame(StoredBlock block, Bytes outcome) {
    CanonicalWriter out = new CanonicalWriter().u64(block.height());
    out.bytes(Blocks.encode(block.block())).bytes(outcome);
    Votes.writeCertificate(out, block.certificate());
    return out.toByteArray();
  }

  /** A frame of a backup, checked to be the next block. */
  void appendFrame(byte[] payload) {
    Stored stored = decode(payload);
    add(stored.block(), stored.outcome());
  }

  @Override
  public void close() {
    journal.close();
  }

  private synchronized void note(long position, int type, byte[] payload) {
    long height = type == BLOCK ? new CanonicalReader(payload).u64() : -1;
    if (height != height() + 1L) {
      throw new StoreException(
          Reason.DAMAGED,
          "block segments hold height " + height + " after " + height() + ", position " + position);
    }
    positions.add(position);
  }

  private Optional<Stored> read(long height) {
    long position;
    synchronized (this) {
      if (height <= baseHeight() || height > height()) {
        return Optional.empty();
      }
      position = positions.get((int) (height - baseHeight() - 1));
    }
    try {
      return Optional.of(decode(journal.read(position).payload()));
    } catch (CodecException | JournalException e) {
      throw new StoreException(
          Reason.DAMAGED, "block " + height + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Stored decode(byte[] payload) {
    CanonicalReader in = new CanonicalReader(payload);
    in.u64();
    Block block = Blocks.decode(in.bytes(MAX_BLOCK_BYTES).toArray(), MAX_BLOCK_BYTES);
    Bytes outcome = in.bytes(MAX_OUTCOME_BYTES);
    StoredBlock stored = new StoredBlock(block, Votes.readCertificate(in));
    in.end();
    return new Stored(stored, outcome);
  }
}
