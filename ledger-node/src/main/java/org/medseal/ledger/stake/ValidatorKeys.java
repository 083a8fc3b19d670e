package org.medseal.ledger.stake;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.ledger.model.Bytes;

/**
 * Every validator key there ever was. A key stays its institution's for ever, so that old votes
 * still accuse whoever cast them.
 *
 * @param bindings by key
 * @param next by institution, the key that waits for an edge
 */
public record ValidatorKeys(SortedMap<Bytes, Binding> bindings, SortedMap<String, Bytes> next) {
  /** Rotations of one institution over the years; bounds the state. */
  static final int MOST_KEYS = 256;

  /** Whose key, and whether an offence has banned it. */
  public record Binding(String institution, boolean banned) {}

  public ValidatorKeys {
    bindings = Collections.unmodifiableSortedMap(new TreeMap<>(bindings));
    next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
  }

  boolean isKnown(Bytes key) {
    return bindings.containsKey(key);
  }

  public boolean isBanned(Bytes key) {
    return Optional.ofNullable(bindings.get(key)).map(Binding::banned).orElse(false);
  }

  long count(String institution) {
    return bindings.values().stream()
        .filter(each -> each.institution().equals(institution))
        .count();
  }

  ValidatorKeys bound(Bytes key, String institution) {
    return new ValidatorKeys(put(key, new Binding(institution, false)), next);
  }

  ValidatorKeys announced(String institution, Bytes key) {
    SortedMap<String, Bytes> waiting = new TreeMap<>(next);
    waiting.put(institution, key);
    return new ValidatorKeys(put(key, new Binding(institution, false)), waiting);
  }

  ValidatorKeys banned(Bytes key) {
    return new ValidatorKeys(put(key, new Binding(bindings.get(key).institution(), true)), next);
  }

  ValidatorKeys inForce(String institution) {
    SortedMap<String, Bytes> waiting = new TreeMap<>(next);
    waiting.remove(institution);
    return new ValidatorKeys(bindings, waiting);
  }

  private SortedMap<Bytes, Binding> put(Bytes key, Binding binding) {
    SortedMap<Bytes, Binding> changed = new TreeMap<>(bindings);
    changed.put(key, binding);
    return changed;
  }
}
