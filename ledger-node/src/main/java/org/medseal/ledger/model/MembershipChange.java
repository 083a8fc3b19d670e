package org.medseal.ledger.model;

/** What the consortium may decide about its stake, its members and its rules for stake. */
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
}
