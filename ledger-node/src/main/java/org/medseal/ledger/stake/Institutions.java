package org.medseal.ledger.stake;

import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;

/** Institutions with one thing changed. */
final class Institutions {
  private Institutions() {}

  static Institution moved(Institution of, Hash tlsPin, String peerAddress) {
    return new Institution(
        of.name(),
        of.signingKey(),
        of.grantKey(),
        of.validatorKey(),
        tlsPin,
        peerAddress,
        of.stake());
  }

  static Institution rekeyed(Institution of, Bytes validatorKey) {
    return new Institution(
        of.name(),
        of.signingKey(),
        of.grantKey(),
        validatorKey,
        of.tlsPin(),
        of.peerAddress(),
        of.stake());
  }
}
