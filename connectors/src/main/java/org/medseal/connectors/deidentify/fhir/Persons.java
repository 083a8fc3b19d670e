package org.medseal.connectors.deidentify.fhir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.crypto.pseudonym.PatientIdentifier;

/**
 * Which groups of a message are one person, in whatever order it names them and in time about
 * linear in their number. Groups with a listed number in common are one; if then one authority has
 * two numbers that no group has together, the message contradicts itself. What is left are persons
 * of different listed numbers: an equal first unlisted number or literal reference makes them one
 * only if none of them differs from another in a listed number.
 */
final class Persons {
  private final List<PatientGroup> groups;
  private final DisjointSets sets;

  private Persons(List<PatientGroup> groups) {
    this.groups = groups;
    this.sets = new DisjointSets(groups.size());
  }

  /** Empty where a group could be one of several persons, or numbers contradict each other. */
  static Optional<List<PatientGroup>> of(List<PatientGroup> groups) {
    Persons persons = new Persons(groups);
    persons.join(persons.byListedNumber().values());
    if (persons.classes().stream().anyMatch(persons::contradictsItself)) {
      return Optional.empty();
    }
    return persons.joinByHints() ? Optional.of(persons.merged()) : Optional.empty();
  }

  private Map<PatientIdentifier, List<Integer>> byListedNumber() {
    Map<PatientIdentifier, List<Integer>> by = new HashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      for (Set<PatientIdentifier> numbers : listed(i).values()) {
        for (PatientIdentifier number : numbers) {
          by.computeIfAbsent(number, key -> new ArrayList<>()).add(i);
        }
      }
    }
    return by;
  }

  private Map<Integer, Set<PatientIdentifier>> listed(int group) {
    return groups.get(group).identity().listedNumbers();
  }

  private void join(Collection<List<Integer>> alike) {
    alike.forEach(each -> each.forEach(i -> sets.join(each.get(0), i)));
  }

  /** Groups by person as far as is known, both in the order of the message. */
  private Collection<List<Integer>> classes() {
    return classes(sets);
  }

  private Collection<List<Integer>> classes(DisjointSets by) {
    Map<Integer, List<Integer>> classes = new LinkedHashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      classes.computeIfAbsent(by.find(i), root -> new ArrayList<>()).add(i);
    }
    return classes.values();
  }

  /** Whether some authority's numbers fall into several sets that no group connects. */
  private boolean contradictsItself(List<Integer> person) {
    Map<Integer, List<Set<PatientIdentifier>>> byAuthority = new HashMap<>();
    for (int i : person) {
      listed(i)
          .forEach(
              (authority, numbers) ->
                  byAuthority.computeIfAbsent(authority, a -> new ArrayList<>()).add(numbers));
    }
    return byAuthority.values().stream().anyMatch(all -> !isConnected(all));
  }

  private static boolean isConnected(List<Set<PatientIdentifier>> all) {
    Map<PatientIdentifier, Integer> seen = new HashMap<>();
    DisjointSets sets = new DisjointSets(all.size());
    for (int i = 0; i < all.size(); i++) {
      for (PatientIdentifier number : all.get(i)) {
        Integer before = seen.putIfAbsent(number, i);
        if (before != null) {
          sets.join(before, i);
        }
      }
    }
    return sets.count() == 1;
  }

  /** False where somebody could be one of several. */
  private boolean joinByHints() {
    Map<PatientIdentifier, List<Integer>> by = new HashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      for (PatientIdentifier hint : groups.get(i).identity().hints()) {
        by.computeIfAbsent(hint, key -> new ArrayList<>()).add(i);
      }
    }
    DisjointSets tried = sets.copy();
    by.values().forEach(each -> each.forEach(i -> tried.join(each.get(0), i)));
    for (List<Integer> linked : classes(tried)) {
      if (!contradictsItself(linked)) {
        linked.forEach(i -> sets.join(linked.get(0), i));
      } else if (!areAllDifferent(linked)) {
        return false;
      }
    }
    return true;
  }

  /** Whether one authority numbers every person among them, so that no two can be one. */
  private boolean areAllDifferent(List<Integer> linked) {
    Map<Integer, Set<Integer>> numbered = new HashMap<>(); // persons by authority
    Set<Integer> persons = new HashSet<>();
    for (int i : linked) {
      persons.add(sets.find(i));
      listed(i)
          .keySet()
          .forEach(a -> numbered.computeIfAbsent(a, x -> new HashSet<>()).add(sets.find(i)));
    }
    return numbered.values().stream().anyMatch(persons::equals);
  }

  private List<PatientGroup> merged() {
    List<PatientGroup> merged = new ArrayList<>();
    for (List<Integer> person : classes()) {
      PatientGroup first = groups.get(person.get(0));
      person.subList(1, person.size()).forEach(i -> first.absorb(groups.get(i)));
      merged.add(first);
    }
    return merged;
  }
}
