package org.medseal.ledger.model;

import org.medseal.ledger.model.CustodianSet.CustodianKey;

/** What the consortium may decide about its stake, its members, its custodians and its rules. */
public sealed interface MembershipChange {
  /**
   * Gives an institution units that it may bond.
   *
   * @param units above 0
   */
  record StakeGrant(String institution, long units) implements MembershipChange {}

  /**
   * Takes in an institution.
   *
   * @param institution with the stake granted to it on admission, 0 for none
   * @param signingProof Ed25519, 64 bytes, by its signing key over the canonical form of the chain
   *     id and the institution: nobody is admitted with another's keys
   * @param validatorProof the same by its validator key
   * @param tls the same by its node's TLS key
   */
  record Admission(Institution institution, Bytes signingProof, Bytes validatorProof, TlsProof tls)
      implements MembershipChange {}

  /** Puts an institution out: it acts no more, and its stake unbonds. */
  record Removal(String institution) implements MembershipChange {}

  /** Changes the rules for stake from the next block on. */
  record StakeRules(int stakeCapPercent, StakeParameters stake) implements MembershipChange {}

  /**
   * Wraps new records to one key more. Proposed by the institution whose key it is.
   *
   * @param proof SM2 signature, 64 bytes, by that key over the canonical form of the chain id, the
   *     institution's name and the key: a key nobody holds opens nothing
   */
  record CustodianAddition(CustodianKey key, Bytes proof) implements MembershipChange {}

  /**
   * Wraps new records no longer to a key; those sealed before stay wrapped to it.
   *
   * @param sm2Point uncompressed, 65 bytes; not that of the last key
   */
  record CustodianRemoval(Bytes sm2Point) implements MembershipChange {}
}
