package org.medseal.ledger.snapshot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.app.Lookup;
import org.medseal.ledger.app.SnapshotState;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotPart.Kind;
import org.medseal.ledger.merkle.MerkleFrontier;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.snapshot.Snapshot.Run;

/**
 * Fetches the look-ups of a proven state, run by run, in turn from all who have them. A run is kept
 * once its root is the one the state commits to.
 */
final class LookupFetch {
  /** Less than this has room for one more: who sends it sends in drips. */
  private static final int FULL_BYTES = SnapshotPart.MAX_BYTES - Lookup.MAX_BYTES - Integer.BYTES;

  private final Holders holders;
  private final SnapshotState state;
  private final List<Hash> roots;
  private final int rest;
  private MerkleFrontier ids = MerkleFrontier.EMPTY;

  /**
   * @param roots of the whole runs, proven
   */
  LookupFetch(Holders holders, SnapshotState state, List<Hash> roots) {
    this.holders = holders;
    this.state = state;
    this.roots = roots;
    this.rest = (int) (state.lookups().size() % Lookups.RUN);
  }

  void fetch(Bytes encodedState, long height, SnapshotFolder target)
      throws InterruptedException, IOException {
    List<Run> runs = new ArrayList<>();
    long end = 0;
    while (runs.size() < roots.size()) {
      int next = runs.size();
      for (List<Bytes> run : holders.any("the look-ups", peer -> runs(peer, next))) {
        take(run);
        end = target.lookupFile().append(end, run);
        runs.add(new Run(roots.get(runs.size()), end));
      }
    }
    List<Bytes> last = rest == 0 ? List.of() : holders.any("the last look-ups", this::rest);
    take(last);
    Holders.require(
        ids.equals(state.history().frontier()), "the look-ups' ids are not the state's history");
    target.add(new Snapshot(height, encodedState, runs, last));
  }

  private void take(List<Bytes> lookups) {
    ids = ids.append(lookups.stream().map(each -> Lookup.decode(each).id().bytes()).toList());
  }

  /** One or more whole runs, each proven. */
  private Optional<List<List<Bytes>>> runs(int peer, int first) throws InterruptedException {
    Optional<List<Bytes>> given = atLeast(peer, (long) first * Lookups.RUN, Lookups.RUN);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    List<List<Bytes>> proven = new ArrayList<>();
    List<Bytes> all = given.get();
    int whole = Math.min(all.size() / Lookups.RUN, roots.size() - first);
    for (int i = 0; i < whole; i++) {
      List<Bytes> run = all.subList(i * Lookups.RUN, (i + 1) * Lookups.RUN);
      Holders.require(
          Lookups.root(run).equals(roots.get(first + i)), "look-ups that are not the state's");
      proven.add(run);
    }
    return Optional.of(proven);
  }

  private Optional<List<Bytes>> rest(int peer) throws InterruptedException {
    Optional<List<Bytes>> given = atLeast(peer, (long) roots.size() * Lookups.RUN, rest);
    given.ifPresent(
        last ->
            Holders.require(
                Lookups.tree(roots, last).equals(state.lookups()),
                "last look-ups that are not the state's"));
    return given;
  }

  /** From one peer, in as many answers as it takes; empty if one that others follow is not full. */
  private Optional<List<Bytes>> atLeast(int peer, long from, int count)
      throws InterruptedException {
    List<Bytes> all = new ArrayList<>();
    while (all.size() < count) {
      Optional<Bytes> content = holders.part(peer, Kind.LOOKUPS, from + all.size());
      if (content.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(Lookups.read(content.get()));
      if (all.size() < count && content.get().length() <= FULL_BYTES) {
        return Optional.empty();
      }
    }
    return Optional.of(all);
  }
}
