package org.medseal.ledger.stake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.MembershipChange.CustodianAddition;
import org.medseal.ledger.model.MembershipChange.CustodianRemoval;
import org.medseal.ledger.model.MembershipChange.Removal;

/**
 * What removals must not leave empty. Immutable.
 *
 * @param standing institutions that cannot be put out before they hand over: issuer and opener
 * @param custodians keys of the present set; all but the last member's can be put out of it
 * @param sets to which records may have been sealed so far, the present one among them; the last
 *     member with a key of any cannot be put out of the consortium
 */
public record Offices(
    Set<String> standing, List<CustodianKey> custodians, List<CustodianSet> sets) {
  public Offices {
    standing = Collections.unmodifiableSet(new TreeSet<>(standing));
    custodians = List.copyOf(custodians);
    sets = List.copyOf(sets);
  }

  Optional<String> fault(Removal removal, InstitutionRegistry registry) {
    String institution = removal.institution();
    if (standing.contains(institution) || isLast(institution, custodians, registry)) {
      return Optional.of("it issues, opens or is the last custodian: that is handed over first");
    }
    return sets.stream()
        .filter(each -> isLast(institution, each.keys(), registry))
        .findFirst()
        .map(
            each ->
                "it is the last with a key of custodian set "
                    + each.version()
                    + ": without it nobody could open the records sealed to that set");
  }

  /** Whether the member has a key among these, and no other member has one. */
  private static boolean isLast(
      String institution, List<CustodianKey> keys, InstitutionRegistry registry) {
    Set<String> members = new TreeSet<>();
    keys.stream()
        .map(CustodianKey::institution)
        .filter(each -> registry.member(each).isPresent())
        .forEach(members::add);
    return members.equals(Set.of(institution));
  }

  Optional<String> fault(CustodianAddition addition, InstitutionRegistry registry) {
    if (registry.member(addition.key().institution()).isEmpty()) {
      return Optional.of("a custodian key names an institution that is no member");
    }
    if (find(addition.key().sm2Point()).isPresent()) {
      return Optional.of("the key is a custodian's already");
    }
    return custodians.size() >= Limits.CUSTODIAN_KEYS
        ? Optional.of("a set has " + Limits.CUSTODIAN_KEYS + " keys at most")
        : Optional.empty();
  }

  Optional<String> fault(CustodianRemoval removal) {
    if (find(removal.sm2Point()).isEmpty()) {
      return Optional.of("the key is in no record to come");
    }
    return custodians.size() < 2
        ? Optional.of("the last custodian key stays until there is another")
        : Optional.empty();
  }

  private Optional<CustodianKey> find(Bytes sm2Point) {
    return custodians.stream().filter(each -> each.sm2Point().equals(sm2Point)).findFirst();
  }

  /** Whoever is put out of the consortium is a custodian no more from the same block on. */
  Offices within(InstitutionRegistry registry) {
    return new Offices(
        standing,
        custodians.stream()
            .filter(each -> registry.member(each.institution()).isPresent())
            .toList(),
        sets);
  }

  Offices with(CustodianKey key) {
    List<CustodianKey> more = new ArrayList<>(custodians);
    more.add(key);
    return new Offices(standing, more, sets);
  }

  Offices without(Bytes sm2Point) {
    return new Offices(
        standing,
        custodians.stream().filter(each -> !each.sm2Point().equals(sm2Point)).toList(),
        sets);
  }
}
