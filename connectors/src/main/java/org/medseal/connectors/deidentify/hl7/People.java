package org.medseal.connectors.deidentify.hl7;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medseal.connectors.deidentify.PatientIdentity;
import org.medseal.crypto.pseudonym.PatientIdentifier;

/** The persons of one message, by the order of their first PID. Not thread-safe. */
final class People {
  static final int AMBIGUOUS = -1;

  private final List<PatientIdentity.Collector> all = new ArrayList<>();

  /** Nobody is the same person without a number in common. */
  private final Map<PatientIdentifier, Set<Integer>> byNumber = new HashMap<>();

  List<PatientIdentity.Collector> all() {
    return all;
  }

  /**
   * The place of this person, who takes over what the PID says beyond; {@link #AMBIGUOUS} where it
   * could be one of several, or contradicts one.
   */
  int add(PatientIdentity.Collector pid) {
    Set<Integer> near = new LinkedHashSet<>();
    pid.all().forEach(number -> near.addAll(byNumber.getOrDefault(number, Set.of())));
    if (near.stream().anyMatch(i -> pid.contradicts(all.get(i)))) {
      return AMBIGUOUS;
    }
    List<Integer> same = near.stream().filter(i -> pid.isSamePersonAs(all.get(i))).toList();
    if (same.size() > 1) {
      return AMBIGUOUS;
    }
    int place = same.isEmpty() ? all.size() : same.get(0);
    if (same.isEmpty()) {
      all.add(pid);
    } else {
      all.get(place).absorb(pid);
    }
    pid.all().forEach(n -> byNumber.computeIfAbsent(n, key -> new LinkedHashSet<>()).add(place));
    return place;
  }
}
