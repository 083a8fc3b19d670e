package org.medseal.ledger.stake;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What removals must not leave empty.
 *
 * @param standing institutions that cannot be put out before they hand over: issuer and opener
 * @param custodians institutions of the present set; all but the last can be put out of it
 */
public record Offices(Set<String> standing, Set<String> custodians) {
  public Offices {
    standing = Collections.unmodifiableSet(new TreeSet<>(standing));
    custodians = Collections.unmodifiableSet(new TreeSet<>(custodians));
  }

  boolean need(String institution, InstitutionRegistry registry) {
    boolean isLastCustodian =
        custodians.contains(institution)
            && custodians.stream()
                .noneMatch(each -> !each.equals(institution) && registry.member(each).isPresent());
    return isLastCustodian || standing.contains(institution);
  }
}
