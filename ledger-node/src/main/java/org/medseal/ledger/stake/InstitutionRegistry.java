package org.medseal.ledger.stake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.medseal.ledger.model.Institution;

/**
 * All institutions there ever were, in the order of their admission: a position, once given, is its
 * institution's for ever.
 *
 * @param removed names of those put out
 */
public record InstitutionRegistry(List<Institution> all, SortedSet<String> removed) {
  public InstitutionRegistry {
    all = List.copyOf(all);
    removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
  }

  /** Empty for who was put out. */
  public Optional<Institution> member(String name) {
    return isRemoved(name) ? Optional.empty() : find(name);
  }

  public Optional<Institution> find(String name) {
    return all.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  public List<Institution> members() {
    return all.stream().filter(each -> !isRemoved(each.name())).toList();
  }

  public boolean isRemoved(String name) {
    return removed.contains(name);
  }

  InstitutionRegistry admitted(Institution institution) {
    List<Institution> next = new ArrayList<>(all);
    next.add(institution);
    return new InstitutionRegistry(next, removed);
  }

  InstitutionRegistry without(String name) {
    SortedSet<String> next = new TreeSet<>(removed);
    next.add(name);
    return new InstitutionRegistry(all, next);
  }

  /** In the place of the one of the same name. */
  InstitutionRegistry replaced(Institution institution) {
    return new InstitutionRegistry(
        all.stream()
            .map(each -> each.name().equals(institution.name()) ? institution : each)
            .toList(),
        removed);
  }
}
