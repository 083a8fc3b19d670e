package org.medseal.connectors.message;

import java.util.Optional;
import org.medseal.connectors.table.KeyTable;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * Messages by what is known of their content, by what their sender calls them, and by the
 * transactions made of them. Guarded by the store's lock.
 */
final class EntryKeys {
  private final EntryNumbers numbers = new EntryNumbers();
  private final KeyTable byFingerprint = new KeyTable();
  private final KeyTable byControl = new KeyTable();
  private final KeyTable byTransaction = new KeyTable();

  /** Of one fingerprint the newest is known, of one control id whichever was told of first. */
  void add(Entry entry) {
    entry.number = numbers.give(entry);
    int known = byFingerprint.get(entry.fingerprint());
    if (known == 0 || numbers.get(known).order < entry.order) {
      byFingerprint.put(entry.fingerprint(), entry.number);
    }
    entry
        .control()
        .filter(key -> byControl.get(key) == 0)
        .ifPresent(key -> byControl.put(key, entry.number));
  }

  /** Leaves its transactions. */
  void disown(Entry entry) {
    byFingerprint.remove(entry.fingerprint(), entry.number);
    entry.control().ifPresent(key -> byControl.remove(key, entry.number));
  }

  void remove(Entry entry) {
    disown(entry);
    entry.course().records.forEach(r -> removeTransaction(r.txId(), entry));
    numbers.giveBack(entry.number);
  }

  Optional<Entry> withFingerprint(Bytes fingerprint) {
    return withFingerprint(KeyTable.Key.of(fingerprint));
  }

  /** Whether its bytes, should they come again, are a duplicate of it. */
  boolean isKnown(Entry entry) {
    return byFingerprint.get(entry.fingerprint()) == entry.number;
  }

  /** Whether its bytes came again as a newer message. */
  boolean isReplaced(Entry entry) {
    return withFingerprint(entry.fingerprint()).filter(known -> known != entry).isPresent();
  }

  private Optional<Entry> withFingerprint(KeyTable.Key key) {
    return Optional.of(byFingerprint.get(key)).filter(number -> number != 0).map(numbers::get);
  }

  boolean hasControl(Bytes controlKey) {
    return byControl.get(KeyTable.Key.of(controlKey)) != 0;
  }

  void addTransaction(Hash txId, Entry entry) {
    byTransaction.put(key(txId), entry.number);
  }

  void removeTransaction(Hash txId, Entry entry) {
    byTransaction.remove(key(txId), entry.number);
  }

  /** One that has a record of this transaction. */
  Optional<Entry> withTransaction(Hash txId) {
    return Optional.of(byTransaction.get(key(txId)))
        .filter(number -> number != 0)
        .map(numbers::get)
        .filter(entry -> entry.course().records.stream().anyMatch(r -> r.txId().equals(txId)));
  }

  /** The rest of a transaction's id is compared where it is found. */
  private static KeyTable.Key key(Hash txId) {
    return KeyTable.Key.firstOf(txId.bytes());
  }
}
