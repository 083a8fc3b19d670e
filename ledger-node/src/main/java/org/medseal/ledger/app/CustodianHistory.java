package org.medseal.ledger.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;

/** All custodian sets, the present one last; versions ascend by one. */
record CustodianHistory(List<Period> periods) {
  /** A set and the height of the block that brought it; 0 for that of the genesis. */
  record Period(long startHeight, CustodianSet custodians) {}

  CustodianHistory {
    periods = List.copyOf(periods);
  }

  Period current() {
    return periods.get(periods.size() - 1);
  }

  Optional<CustodianSet> version(int version) {
    return periods.stream()
        .map(Period::custodians)
        .filter(each -> each.version() == version)
        .findFirst();
  }

  /** Whoever is put out of the consortium is a custodian no more from the same block on. */
  CustodianHistory without(Set<String> institutions, long height) {
    CustodianSet present = current().custodians();
    List<CustodianKey> staying =
        present.keys().stream().filter(each -> !institutions.contains(each.institution())).toList();
    return staying.size() == present.keys().size()
        ? this
        : replaced(new Period(height, new CustodianSet(present.version() + 1, staying)));
  }

  CustodianHistory replaced(Period period) {
    List<Period> next = new ArrayList<>(periods);
    next.add(period);
    return new CustodianHistory(next);
  }
}
