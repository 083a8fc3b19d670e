package org.medseal.ledger.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.medseal.ledger.engine.embedded.OlderBlock;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.store.StoreException.Reason;

/**
 * Blocks from before the base a node joined by, filled from the top down; what is here is without a
 * gap. Reads from any thread, one appends.
 */
public final class OlderBlocks {
  private static final String ENDING = ".blocks";

  private final Path folder;
  private final Disk disk;
  private final long top;
  private final TreeMap<Long, OlderFile> files = new TreeMap<>(); // by first height
  private final TreeSet<Long> changes = new TreeSet<>(); // heights that gave a validator set

  private OlderBlocks(Path folder, Disk disk, long top) {
    this.folder = folder;
    this.disk = disk;
    this.top = top;
  }

  /**
   * Creates the folder if there is none; StoreException DAMAGED names what does not fit.
   *
   * @param top the base's own height
   */
  public static OlderBlocks open(Path folder, Disk disk, long top) {
    try {
      disk.createFolder(folder);
      for (Path each : disk.list(folder)) {
        if (!each.toString().endsWith(ENDING)) {
          disk.delete(each);
        }
      }
    } catch (IOException e) {
      throw new StoreException(Reason.WRITE_FAILED, "cannot use folder " + folder, e);
    }
    return look(folder, disk, top);
  }

  /** The same of a folder that a node may be writing to; changes nothing. */
  static OlderBlocks look(Path folder, Disk disk, long top) {
    OlderBlocks blocks = new OlderBlocks(folder, disk, top);
    try {
      for (Path each : disk.list(folder)) {
        if (each.toString().endsWith(ENDING)) {
          blocks.note(OlderFile.open(each, disk));
        }
      }
    } catch (IOException e) {
      throw new StoreException(Reason.DAMAGED, "cannot read folder " + folder, e);
    }
    blocks.requireWhole();
    return blocks;
  }

  private void note(OlderFile file) {
    files.put(file.first(), file);
    for (int i = 0; i < file.entries().size(); i++) {
      if (file.entries().get(i).changes()) {
        changes.add(file.first() + i);
      }
    }
  }

  private void requireWhole() {
    long expected = top;
    for (OlderFile each : files.descendingMap().values()) {
      if (each.last() != expected) {
        throw new StoreException(
            Reason.DAMAGED, "no file of block " + expected + " in " + folder + ": put it back");
      }
      expected = each.first() - 1;
    }
  }

  /** One above the base if there are none. */
  public synchronized long lowest() {
    return files.isEmpty() ? top + 1 : files.firstKey();
  }

  /**
   * Durable when it returns.
   *
   * @param descending from the one below the lowest
   */
  public void append(List<OlderBlock> descending) {
    List<OlderBlock> ascending = new ArrayList<>(descending);
    Collections.reverse(ascending);
    if (descending.isEmpty()
        || descending.size() > OlderFile.MAX_BLOCKS
        || descending.get(0).height() != lowest() - 1) {
      throw new StoreException(Reason.OUT_OF_ORDER, "older blocks do not end below " + lowest());
    }
    try {
      OlderFile file = OlderFile.write(folder, ascending, disk);
      synchronized (this) {
        note(file);
      }
    } catch (IOException e) {
      throw new StoreException(
          Reason.WRITE_FAILED, "cannot write older blocks in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** StoreException DAMAGED names file and offset of a block that cannot be read. */
  public Optional<OlderBlock> block(long height) {
    Optional<OlderFile> file;
    synchronized (this) {
      file =
          Optional.ofNullable(files.floorEntry(height))
              .map(Map.Entry::getValue)
              .filter(each -> height <= each.last());
    }
    return file.map(each -> each.read(height, disk));
  }

  /** As beside any block; empty while it is not known which block gave the sets in force. */
  Optional<Bytes> outcome(long height) {
    Optional<Long> set = giver(height - 1);
    Optional<Long> following = giver(height);
    return set.isEmpty() || following.isEmpty()
        ? Optional.empty()
        : block(height).map(each -> each.outcome(set.get(), following.get()));
  }

  private synchronized Optional<Long> giver(long height) {
    Optional<Long> known = Optional.ofNullable(changes.floor(height));
    return known.isEmpty() && lowest() == 1 ? Optional.of(0L) : known;
  }
}
