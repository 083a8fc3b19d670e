package org.medseal.requests;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordTransaction;

/**
 * Whose keys open records: a record stays wrapped to the custodian set of its time, whatever set
 * there is now.
 */
final class RecordCustodians {
  private final Ledger ledger;

  RecordCustodians(Ledger ledger) {
    this.ledger = ledger;
  }

  /** The set to which the record was wrapped; RECORD_NOT_AUTHENTIC if there was none such. */
  CustodianSet set(RecordTransaction record) {
    return ledger
        .view()
        .custodians(record.witness().header().custodianSetVersion())
        .orElseThrow(() -> ClearRecord.notAuthentic(null));
  }

  /** Institutions of the present set; all of them are members. */
  Set<String> present() {
    return members(ledger.view().custodians());
  }

  /** Member institutions of any of the records' sets; UNKNOWN_RECORD. */
  Set<String> ofAny(List<Hash> records) {
    Set<String> any = new TreeSet<>();
    for (Hash id : records) {
      any.addAll(members(set(AccessRequests.record(ledger, id))));
    }
    return any;
  }

  /**
   * Member institutions that have a key for each of the records; none if there is none, or a record
   * is not to be found here.
   */
  Set<String> ofAll(List<Hash> records) {
    return holders(records).map(this::members).orElse(Set.of());
  }

  /**
   * Institutions that have a key for each of the records, members or not, so that it never changes.
   * Empty while a record is not to be found here: it may still come.
   */
  Optional<Set<String>> holders(List<Hash> records) {
    Optional<Set<String>> common = Optional.empty();
    for (Hash id : records) {
      Optional<Set<String>> here =
          ledger
              .find(id)
              .map(each -> each.transaction())
              .filter(RecordTransaction.class::isInstance)
              .map(RecordTransaction.class::cast)
              .map(each -> each.witness().header().custodianSetVersion())
              .flatMap(ledger.view()::custodians)
              .map(RecordCustodians::holders);
      if (here.isEmpty()) {
        return Optional.empty();
      }
      Set<String> both = here.get();
      common.ifPresent(both::retainAll);
      common = Optional.of(both);
    }
    return common;
  }

  private Set<String> members(CustodianSet set) {
    return members(holders(set));
  }

  private Set<String> members(Set<String> institutions) {
    Set<String> members = new TreeSet<>(institutions);
    members.removeIf(each -> ledger.view().institution(each).isEmpty());
    return members;
  }

  private static Set<String> holders(CustodianSet set) {
    Set<String> holders = new TreeSet<>();
    set.keys().forEach(key -> holders.add(key.institution()));
    return holders;
  }
}
