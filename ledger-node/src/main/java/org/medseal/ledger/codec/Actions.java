package org.medseal.ledger.codec;

import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;

/** Canonical form of an institution's action: its code, then its fields. */
final class Actions {
  private static final int ACCESS_REQUEST = 1;
  private static final int ACCESS_DECISION = 2;
  private static final int TRACE_REQUEST = 3;
  private static final int TRACE_APPROVAL = 4;
  private static final int TRACE_RESULT = 5;
  private static final int MEMBER_JOIN = 6;
  private static final int EPOCH_START = 7;
  private static final int CUSTODIAN_SET_CHANGE = 8;

  /** 9 to 15 are those of {@link MembershipActions}. */
  private static final int AUDIT_ANCHOR = 16;

  private Actions() {}

  static void write(CanonicalWriter out, Action action) {
    if (action instanceof Action.AccessRequest request) {
      out.u8(ACCESS_REQUEST).u64(request.answerByMs()).bytes(request.sealedBody());
    } else if (action instanceof Action.AccessDecision decision) {
      out.u8(ACCESS_DECISION)
          .hash(decision.requestId())
          .flag(decision.approved())
          .bytes(decision.sealedBody());
    } else if (action instanceof Action.TraceRequest request) {
      out.u8(TRACE_REQUEST).hash(request.recordId()).bytes(request.sealedBody());
    } else if (action instanceof Action.TraceApproval approval) {
      out.u8(TRACE_APPROVAL).hash(approval.traceId());
    } else if (action instanceof Action.TraceResult result) {
      out.u8(TRACE_RESULT)
          .hash(result.traceId())
          .hash(result.resultHash())
          .bytes(result.sealedBody());
    } else {
      writeRegistryAction(out, action);
    }
  }

  private static void writeRegistryAction(CanonicalWriter out, Action action) {
    if (action instanceof Action.MemberJoin join) {
      out.u8(MEMBER_JOIN);
      Registries.writeMember(out, join.member());
    } else if (action instanceof Action.EpochStart start) {
      out.u8(EPOCH_START)
          .u32(start.epoch())
          .bytes(start.groupPublicKey())
          .list(start.credentials(), Registries::writeCredential);
    } else if (action instanceof Action.CustodianSetChange change) {
      out.u8(CUSTODIAN_SET_CHANGE);
      Registries.writeCustodians(out, change.custodians());
    } else if (action instanceof Action.AuditAnchor anchor) {
      out.u8(AUDIT_ANCHOR).u64(anchor.sequence()).hash(anchor.head());
    } else {
      MembershipActions.write(out, action);
    }
  }

  static Action read(CanonicalReader in) {
    int code = in.u8();
    return switch (code) {
      case ACCESS_REQUEST -> new Action.AccessRequest(in.u64(), sealedBody(in));
      case ACCESS_DECISION -> new Action.AccessDecision(in.hash(), in.flag(), sealedBody(in));
      case TRACE_REQUEST -> new Action.TraceRequest(in.hash(), sealedBody(in));
      case TRACE_APPROVAL -> new Action.TraceApproval(in.hash());
      case TRACE_RESULT -> new Action.TraceResult(in.hash(), in.hash(), sealedBody(in));
      case MEMBER_JOIN -> new Action.MemberJoin(Registries.readMember(in));
      case EPOCH_START ->
          new Action.EpochStart(
              in.u32(),
              in.bytes(Limits.GROUP_OBJECT),
              in.list(Limits.CREDENTIALS, Registries::readCredential));
      case CUSTODIAN_SET_CHANGE -> new Action.CustodianSetChange(Registries.readCustodians(in));
      case AUDIT_ANCHOR -> new Action.AuditAnchor(in.u64(), in.hash());
      default -> MembershipActions.read(code, in);
    };
  }

  private static Bytes sealedBody(CanonicalReader in) {
    return in.bytes(Limits.SEALED_BODY);
  }
}
