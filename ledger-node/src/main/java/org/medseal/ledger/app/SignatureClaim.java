package org.medseal.ledger.app;

import java.util.function.BooleanSupplier;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * Something costly a transaction asserts. Its answer depends on the key alone, so it may be kept.
 *
 * @param test throws nothing; false also for what is malformed
 */
record SignatureClaim(Key key, BooleanSupplier test) {
  /** What is asserted. */
  enum Kind {
    GROUP_SIGNATURE,
    INSTITUTION_SIGNATURE,
    JOIN,
    CREDENTIALS,
    REPLICA_RECEIPT,
    POSSESSION
  }

  /**
   * @param context what the answer depends on besides the transaction: the keys it is verified
   *     under
   */
  record Key(Hash transaction, Kind kind, Bytes context) {}
}
