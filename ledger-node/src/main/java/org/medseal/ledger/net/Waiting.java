package org.medseal.ledger.net;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Places of those who have not yet shown who they are, bounded for each address and in all. Whoever
 * comes gets a place: when there is none left, the address that holds most (the newcomer's own, if
 * others hold no more) loses the one it has had longest. Guarded by the door.
 */
final class Waiting {
  private final Map<String, Set<Door.Guest>> byAddress = new HashMap<>(); // longest first
  private int size;

  /**
   * Who loses its place to this one, if anybody.
   *
   * @param places in all
   * @param perAddress of these
   */
  Optional<Door.Guest> add(Door.Guest guest, int places, int perAddress) {
    Set<Door.Guest> own = byAddress.getOrDefault(guest.address(), Set.of());
    Optional<Door.Guest> leaves = Optional.empty();
    if (own.size() >= perAddress) {
      leaves = Optional.of(longest(own));
    } else if (size >= places) {
      leaves = Optional.of(longest(fullest(own)));
    }
    leaves.ifPresent(this::remove);
    byAddress.computeIfAbsent(guest.address(), any -> new LinkedHashSet<>()).add(guest);
    size++;
    return leaves;
  }

  /** Of several that hold as many, the one that has waited longest. */
  private Set<Door.Guest> fullest(Set<Door.Guest> own) {
    Set<Door.Guest> fullest = own;
    for (Set<Door.Guest> each : byAddress.values()) {
      boolean more = each.size() > fullest.size();
      boolean longer =
          each.size() == fullest.size()
              && fullest != own
              && each != own
              && longest(each).arrival() < longest(fullest).arrival();
      if (more || longer) {
        fullest = each;
      }
    }
    return fullest;
  }

  private static Door.Guest longest(Set<Door.Guest> guests) {
    return guests.iterator().next();
  }

  void remove(Door.Guest guest) {
    Set<Door.Guest> own = byAddress.get(guest.address());
    if (own != null && own.remove(guest)) {
      size--;
      if (own.isEmpty()) {
        byAddress.remove(guest.address());
      }
    }
  }

  int size() {
    return size;
  }
}
