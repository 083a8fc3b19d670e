package org.medseal.ledger.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** The same, or with the next set if these are not the present keys. */
  CustodianHistory with(List<CustodianKey> keys, long height) {
    CustodianSet present = current().custodians();
    return keys.equals(present.keys())
        ? this
        : replaced(new Period(height, new CustodianSet(present.version() + 1, keys)));
  }

  /** Whether the institution has a key that opens records of any time. */
  boolean isOrWas(String institution) {
    return periods.stream()
        .flatMap(each -> each.custodians().keys().stream())
        .anyMatch(key -> key.institution().equals(institution));
  }

  CustodianHistory replaced(Period period) {
    List<Period> next = new ArrayList<>(periods);
    next.add(period);
    return new CustodianHistory(next);
  }
}
