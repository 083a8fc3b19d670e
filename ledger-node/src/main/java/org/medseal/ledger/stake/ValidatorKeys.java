package org.medseal.ledger.stake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.ledger.model.Bytes;

/**
 * Every validator key there ever was. A key stays its institution's for ever, so that old votes
 * still accuse whoever cast them.
 *
 * @param bindings by key
 * @param next keys that wait for an edge, oldest announcement first, one an institution
 */
public record ValidatorKeys(SortedMap<Bytes, Binding> bindings, List<Waiting> next) {
  /** Rotations of one institution over the years; bounds the state. */
  static final int MOST_KEYS = 256;

  /** Whose key, and whether an offence has banned it. */
  public record Binding(String institution, boolean banned) {}

  /** Announced, and not in force yet. */
  public record Waiting(String institution, Bytes key) {}

  public ValidatorKeys {
    bindings = Collections.unmodifiableSortedMap(new TreeMap<>(bindings));
    next = List.copyOf(next);
    if (next.stream().map(Waiting::institution).distinct().count() < next.size()) {
      throw new IllegalArgumentException("two keys wait for one institution");
    }
  }

  Optional<Bytes> waiting(String institution) {
    return next.stream()
        .filter(each -> each.institution().equals(institution))
        .map(Waiting::key)
        .findFirst();
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
    List<Waiting> waiting = new ArrayList<>(next);
    waiting.add(new Waiting(institution, key));
    return new ValidatorKeys(put(key, new Binding(institution, false)), waiting);
  }

  /** Every key of the institution, the one that waits too. */
  ValidatorKeys bannedOf(String institution) {
    SortedMap<Bytes, Binding> changed = new TreeMap<>(bindings);
    changed.replaceAll(
        (key, each) ->
            each.institution().equals(institution) ? new Binding(institution, true) : each);
    return new ValidatorKeys(changed, next).inForce(institution);
  }

  ValidatorKeys inForce(String institution) {
    return new ValidatorKeys(
        bindings, next.stream().filter(each -> !each.institution().equals(institution)).toList());
  }

  private SortedMap<Bytes, Binding> put(Bytes key, Binding binding) {
    SortedMap<Bytes, Binding> changed = new TreeMap<>(bindings);
    changed.put(key, binding);
    return changed;
  }
}
