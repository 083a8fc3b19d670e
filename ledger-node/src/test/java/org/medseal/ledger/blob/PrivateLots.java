package org.medseal.ledger.blob;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.medseal.ledger.engine.embedded.StemSuccessor;

/** A node's stem as of one epoch: its connected peers by lots that it drew for itself. */
final class PrivateLots implements StemSuccessor {
  private final BlobSurroundings node;
  private final Map<Integer, Long> lots = new HashMap<>();
  private final Set<Integer> failed = new HashSet<>();

  PrivateLots(BlobSurroundings node) {
    this.node = node;
  }

  private OptionalInt place(int place) {
    List<Integer> usable = new ArrayList<>(node.connected());
    usable.removeAll(failed);
    if (usable.isEmpty()) {
      failed.clear();
      usable.addAll(node.connected());
    }
    usable.sort((a, b) -> Long.compare(lot(a), lot(b)));
    return usable.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(usable.get(Math.min(place, usable.size() - 1)));
  }

  private long lot(int peer) {
    return lots.computeIfAbsent(peer, each -> node.random().nextLong());
  }

  @Override
  public OptionalInt peer() {
    return place(0);
  }

  @Override
  public OptionalInt detour() {
    return place(1);
  }

  @Override
  public void failed(int peer) {
    failed.add(peer);
  }

  @Override
  public boolean isUseful() {
    return node.institutions() >= 4;
  }
}
