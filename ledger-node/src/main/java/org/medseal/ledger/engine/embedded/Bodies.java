package org.medseal.ledger.engine.embedded;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Hash;

/** The blocks known at one height, with what is wrong with them, and which of them the log has. */
final class Bodies {
  private final Map<Hash, Body> known = new HashMap<>();
  private final Set<Hash> logged = new HashSet<>();

  /**
   * @param refusal the rule it breaks
   */
  record Body(Block block, Optional<String> refusal) {
    boolean isValid() {
      return refusal.isEmpty();
    }
  }

  /** The rules are asked once for each block. */
  Body learn(Hash id, Block block, Function<Block, Optional<String>> rules) {
    return known.computeIfAbsent(id, any -> new Body(block, rules.apply(block)));
  }

  void put(Hash id, Body body) {
    known.put(id, body);
  }

  /** What the log already has. */
  void putLogged(Hash id, Body body) {
    put(id, body);
    logged.add(id);
  }

  /** The block, if the log does not have it yet; from now on it does. */
  Optional<Block> unlogged(Hash id) {
    return logged.add(id) ? block(id) : Optional.empty();
  }

  Optional<Block> block(Hash id) {
    return Optional.ofNullable(known.get(id)).map(Body::block);
  }

  boolean holdsValid(Hash id) {
    return Optional.ofNullable(known.get(id)).map(Body::isValid).orElse(false);
  }

  /** Two may stay; of more only those still needed. */
  void forgetUnless(Predicate<Hash> needed) {
    known.keySet().removeIf(id -> known.size() > 2 && !needed.test(id));
  }

  int size() {
    return known.size();
  }
}
