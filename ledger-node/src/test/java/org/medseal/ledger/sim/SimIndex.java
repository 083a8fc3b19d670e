package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.app.InMemoryStore;
import org.medseal.ledger.app.Lookup;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/** What lasts of the ledger's own application: each block's effect, from a snapshot's on if any. */
final class SimIndex {
  private final List<Commit> commits = new ArrayList<>();
  private Optional<Restored> restored = Optional.empty();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Commit(long height, byte[] state, Block block, Hash blockId) {}

  private record Restored(long height, Bytes state, List<Lookup> lookups) {}

  void wipe() {
    commits.clear();
    restored = Optional.empty();
  }

  /** Begins with a snapshot; the ids of all transactions up to it. */
  Set<Hash> restore(long height, Bytes state, List<Lookup> lookups) {
    commits.clear();
    restored = Optional.of(new Restored(height, state, List.copyOf(lookups)));
    Set<Hash> ids = new HashSet<>();
    lookups.forEach(each -> ids.add(each.id()));
    return ids;
  }

  /** As it is after that block; what came later is forgotten. */
  InMemoryStore open(long height) {
    commits.removeIf(each -> each.height() > height);
    InMemoryStore store = new Recording();
    restored.ifPresent(
        each -> store.restore(each.height(), each.state().toArray(), each.lookups().iterator()));
    List<Commit> again = List.copyOf(commits);
    commits.clear();
    again.forEach(each -> store.commit(each.height(), each.state(), each.block(), each.blockId()));
    return store;
  }

  private final class Recording extends InMemoryStore {
    @Override
    public synchronized void commit(long height, byte[] state, Block block, Hash blockId) {
      super.commit(height, state, block, blockId);
      commits.add(new Commit(height, state.clone(), block, blockId));
    }
  }
}
