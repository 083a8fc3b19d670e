package org.medseal.ledger.model;

import java.util.List;

/**
 * What every node of a consortium starts from.
 *
 * @param groupParameters canonical encoding of the crypto module
 * @param groupPublicKey that of epoch 1
 * @param issuer institution admitting members
 * @param opener institution able to name a signer
 */
public record Genesis(
    String chainId,
    long timeMs,
    List<Institution> institutions,
    Bytes groupParameters,
    Bytes groupPublicKey,
    List<GroupMember> members,
    List<EpochCredential> credentials,
    String issuer,
    String opener,
    CustodianSet custodians,
    Parameters parameters) {
  public Genesis {
    institutions = List.copyOf(institutions);
    members = List.copyOf(members);
    credentials = List.copyOf(credentials);
  }

  /** The same consortium under other rules: another chain, for its hash is another. */
  public Genesis with(Parameters rules) {
    return new Genesis(
        chainId,
        timeMs,
        institutions,
        groupParameters,
        groupPublicKey,
        members,
        credentials,
        issuer,
        opener,
        custodians,
        rules);
  }
}
