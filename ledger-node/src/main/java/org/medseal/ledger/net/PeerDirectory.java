package org.medseal.ledger.net;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;

/**
 * Who the peers are, by their place in the ledger's registry: a place, once given, stays. Grows and
 * changes as the ledger admits, moves and removes institutions; from any thread.
 */
final class PeerDirectory {
  private final String own;
  private volatile Entries entries;

  private record Entries(
      List<Institution> institutions, Map<Hash, Integer> pins, Set<Integer> dismissed, int self) {}

  /**
   * @param own name; not among the institutions for a node that is not admitted yet
   */
  PeerDirectory(String own, List<Institution> institutions) {
    this.own = own;
    update(institutions, Set.of());
  }

  /**
   * @param dismissed names of those that are no peers any more
   */
  final synchronized void update(List<Institution> institutions, Set<String> dismissed) {
    Map<Hash, Integer> pins = new HashMap<>();
    Set<Integer> gone = new HashSet<>();
    int self = Limits.INSTITUTIONS;
    for (int i = 0; i < institutions.size(); i++) {
      Institution each = institutions.get(i);
      if (each.name().equals(own)) {
        self = i;
      }
      if (dismissed.contains(each.name())) {
        gone.add(i);
      } else {
        pins.put(each.tlsPin(), i);
      }
    }
    entries = new Entries(List.copyOf(institutions), Map.copyOf(pins), Set.copyOf(gone), self);
  }

  int size() {
    return entries.institutions().size();
  }

  /** Own place; behind all others while not admitted. */
  int self() {
    return entries.self();
  }

  Institution get(int peer) {
    return entries.institutions().get(peer);
  }

  boolean isDismissed(int peer) {
    return entries.dismissed().contains(peer);
  }

  /** Whose TLS key it is; empty for strangers and the dismissed. */
  OptionalInt pinned(Hash pin) {
    return Optional.ofNullable(entries.pins().get(pin))
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }

  /** Those that this node is to dial: of two the one that was admitted first. */
  List<Integer> dialled() {
    Entries now = entries;
    List<Integer> later = new ArrayList<>();
    for (int i = now.self() + 1; i < now.institutions().size(); i++) {
      if (!now.dismissed().contains(i)) {
        later.add(i);
      }
    }
    return later;
  }

  /** Those that dial this node. */
  List<Integer> dialling() {
    Entries now = entries;
    int before = Math.min(now.self(), now.institutions().size());
    return IntStream.range(0, before)
        .filter(each -> !now.dismissed().contains(each))
        .boxed()
        .toList();
  }
}
