package org.medseal.ledger.app;

import java.util.List;
import java.util.stream.Stream;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.RecordTransaction;

/** Which ids of transactions and which salts of records the store is known not to hold. */
record Absences(KnownAbsent<Hash> ids, KnownAbsent<Bytes> salts) {
  static Absences of(AppStore store) {
    return new Absences(
        new KnownAbsent<>(store::height, store::containsTransaction),
        new KnownAbsent<>(store::height, store::containsSalt));
  }

  /** To be called before the store takes the block. */
  void committing(Block block) {
    long height = block.header().height();
    List<IdentifiedTransaction> all = block.transactions();
    ids.committing(height, all.stream().map(IdentifiedTransaction::id).toList());
    salts.committing(height, all.stream().flatMap(Absences::salt).toList());
  }

  private static Stream<Bytes> salt(IdentifiedTransaction each) {
    return each.transaction() instanceof RecordTransaction record
        ? Stream.of(record.witness().header().salt())
        : Stream.empty();
  }
}
