package org.medseal.ledger.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.app.Lookup;
import org.medseal.ledger.app.SnapshotState;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.snapshot.Snapshot.Run;
import org.medseal.ledger.snapshot.SnapshotException.Reason;

/**
 * Makes the next snapshot out of the one before and the blocks since: reads each block once. One
 * thread, not the engine's.
 */
public final class SnapshotMaker {
  /** Who joins by one while others are made finds it still there. */
  private static final long KEPT_MS = 6 * 3_600_000L;

  private static final int LEAST_KEPT = 2;
  private static final int MOST_KEPT = 24;

  private final SnapshotFolder folder;
  private final BlockStore blocks;

  public SnapshotMaker(SnapshotFolder folder, BlockStore blocks) {
    this.folder = folder;
    this.blocks = blocks;
  }

  /**
   * Makes one unless there is a newer one; SnapshotException if the blocks do not give the look-ups
   * the state commits to, or the disk refuses.
   *
   * @param encoded the application's state after that block
   */
  public void make(long height, byte[] encoded) {
    Optional<Snapshot> before = folder.newest();
    if (before.isPresent() && before.get().height() >= height) {
      return;
    }
    try {
      Snapshot made = grown(before, height, Bytes.of(encoded));
      SnapshotState state = SnapshotState.decode(encoded);
      if (!Lookups.tree(made.roots(), made.rest()).equals(state.lookups())) {
        throw new SnapshotException(
            Reason.DAMAGED, "the blocks up to " + height + " do not give the state's look-ups");
      }
      folder.add(made);
      long pinned = blocks.base().map(each -> each.height()).orElse(0L);
      folder.keepNewest(kept(state.timeMs() - KEPT_MS, pinned), pinned);
    } catch (IOException e) {
      throw new SnapshotException(
          Reason.WRITE_FAILED, "cannot write the snapshot of " + height + ": " + e.getMessage(), e);
    }
  }

  private int kept(long sinceMs, long pinned) {
    long young =
        folder.heights().stream()
            .filter(each -> each != pinned && blockTimeMs(each) >= sinceMs)
            .count();
    return (int) Math.max(LEAST_KEPT, Math.min(MOST_KEPT, young));
  }

  private long blockTimeMs(long height) {
    return blocks.block(height).map(each -> each.block().header().timeMs()).orElse(0L);
  }

  private Snapshot grown(Optional<Snapshot> before, long height, Bytes state) throws IOException {
    List<Run> runs = new ArrayList<>(before.map(Snapshot::runs).orElseGet(List::of));
    List<Bytes> rest = new ArrayList<>(before.map(Snapshot::rest).orElseGet(List::of));
    long end = before.map(Snapshot::end).orElse(0L);
    for (long each = before.map(Snapshot::height).orElse(0L) + 1; each <= height; each++) {
      for (Bytes lookup : lookups(each)) {
        rest.add(lookup);
        if (rest.size() == Lookups.RUN) {
          end = folder.lookupFile().append(end, rest);
          runs.add(new Run(Lookups.root(rest), end));
          rest.clear();
        }
      }
    }
    return new Snapshot(height, state, runs, rest);
  }

  private List<Bytes> lookups(long height) {
    Block block =
        blocks
            .block(height)
            .orElseThrow(
                () -> new SnapshotException(Reason.DAMAGED, "block " + height + " is not here"))
            .block();
    List<Bytes> lookups = new ArrayList<>();
    for (IdentifiedTransaction each : block.transactions()) {
      lookups.add(Lookup.of(each, height, lookups.size(), block.header().timeMs()).encode());
    }
    return lookups;
  }
}
