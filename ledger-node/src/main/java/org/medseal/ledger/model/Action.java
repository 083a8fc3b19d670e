package org.medseal.ledger.model;

import java.util.List;

/**
 * What an institution may do by name. Bodies that would say who asks for whom are sealed to the
 * parties.
 */
public sealed interface Action {
  /**
   * Asks for records. The id of the transaction is the id of the request.
   *
   * @param answerByMs block time after which the request counts as expired
   * @param sealedBody record ids, purpose, justification, user; sealed to the institutions of the
   *     custodian set and to the asking one
   */
  record AccessRequest(long answerByMs, Bytes sealedBody) implements Action {}

  /**
   * A custodian's answer.
   *
   * @param sealedBody reply and re-wrapped data keys; sealed to the asking institution and the
   *     custodians' ones
   */
  record AccessDecision(Hash requestId, boolean approved, Bytes sealedBody) implements Action {}

  /**
   * Asks who signed a record.
   *
   * @param sealedBody justification and user, sealed to every institution
   */
  record TraceRequest(Hash recordId, Bytes sealedBody) implements Action {}

  record TraceApproval(Hash traceId) implements Action {}

  /**
   * The opener's result.
   *
   * @param resultHash SHA-256 of the clear result
   * @param sealedBody the result with its public proof, sealed to the asking and the approving
   *     institutions
   */
  record TraceResult(Hash traceId, Hash resultHash, Bytes sealedBody) implements Action {}

  /**
   * Enters a member of the signing group into the registry; the signature over it is the
   * institution's own.
   */
  record MemberJoin(GroupMember member) implements Action {}

  /**
   * Starts the next group epoch; who is not credentialed is revoked.
   *
   * @param groupPublicKey canonical encoding for the new epoch
   */
  record EpochStart(int epoch, Bytes groupPublicKey, List<EpochCredential> credentials)
      implements Action {
    public EpochStart {
      credentials = List.copyOf(credentials);
    }
  }

  /** Replaces the custodian set; the version is one above the present one. */
  record CustodianSetChange(CustodianSet custodians) implements Action {}

  /**
   * Puts granted units at stake; they count from the next edge of a stake epoch on.
   *
   * @param units above 0
   */
  record Bond(long units) implements Action {}

  /**
   * Takes units out of the competition; they stay slashable until the unbonding time has passed.
   *
   * @param units above 0
   */
  record Unbond(long units) implements Action {}

  /** Ends one's own jail, once its time is over. */
  record Unjail() implements Action {}

  /**
   * Names the next validator key, in force from the next edge of a stake epoch on.
   *
   * @param key Ed25519, 32 bytes, never seen on this ledger before
   * @param proof Ed25519, 64 bytes, by the new key over the canonical form of the chain id, the
   *     institution's name and the key
   */
  record KeyRotate(Bytes key, Bytes proof) implements Action {}

  /**
   * Changes where and under which TLS key one's own node is reached.
   *
   * @param tlsPin SHA-256 of the subject public key info of the node's certificate
   * @param peerAddress host:port
   * @param tls over the canonical form of the chain id, the institution's name, pin and address
   */
  record NodeMove(Hash tlsPin, String peerAddress, TlsProof tls) implements Action {}

  /** Asks the consortium for a change. The id of the transaction is the id of the proposal. */
  record GovernanceProposal(MembershipChange change) implements Action {}

  /** A word on an open proposal; the last one of an institution counts. */
  record GovernanceVote(Hash proposalId, boolean approved) implements Action {}

  /**
   * How far the institution's own audit trail is, so that nobody there can shorten or rewrite it
   * unseen.
   *
   * @param sequence of the trail's newest entry, from 1; above that of the institution's last
   *     anchor
   * @param head SHA-256 of that entry, which covers all before it
   */
  record AuditAnchor(long sequence, Hash head) implements Action {}
}
