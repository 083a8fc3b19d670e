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
}
