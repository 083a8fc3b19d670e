package org.medseal.ledger.codec;

import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.TlsProof;

/**
 * Canonical form of the actions about stake and membership, and what their proofs are signed on.
 */
public final class MembershipActions {
  private static final int BOND = 9;
  private static final int UNBOND = 10;
  private static final int UNJAIL = 11;
  private static final int KEY_ROTATE = 12;
  private static final int NODE_MOVE = 13;
  private static final int GOVERNANCE_PROPOSAL = 14;
  private static final int GOVERNANCE_VOTE = 15;

  private static final int STAKE_GRANT = 1;
  private static final int ADMISSION = 2;
  private static final int REMOVAL = 3;
  private static final int STAKE_RULES = 4;
  private static final int CUSTODIAN_ADDITION = 5;
  private static final int CUSTODIAN_REMOVAL = 6;

  private static final int KEY = 32;
  private static final int SIGNATURE = 64;
  private static final int POINT = 65;

  private MembershipActions() {}

  /** What an institution's signing and validator keys sign before it is admitted. */
  public static byte[] admissionSignBytes(String chainId, Institution institution) {
    CanonicalWriter out = new CanonicalWriter().domain(Domain.ADMISSION).string(chainId);
    Registries.writeInstitution(out, institution);
    return out.toByteArray();
  }

  /** What a new validator key signs before it may take the place of the present one. */
  public static byte[] keyRotationSignBytes(String chainId, String institution, Bytes key) {
    return new CanonicalWriter()
        .domain(Domain.KEY_ROTATION)
        .string(chainId)
        .string(institution)
        .fixed(key.requireLength(KEY, "validator key"))
        .toByteArray();
  }

  /** What a node's new TLS key signs before the node may move to it. */
  public static byte[] nodeMoveSignBytes(
      String chainId, String institution, Hash tlsPin, String peerAddress) {
    return new CanonicalWriter()
        .domain(Domain.NODE_MOVE)
        .string(chainId)
        .string(institution)
        .hash(tlsPin)
        .string(peerAddress)
        .toByteArray();
  }

  /** What a custodian's key signs before data keys are wrapped to it. */
  public static byte[] custodianSignBytes(String chainId, CustodianKey key) {
    CanonicalWriter out = new CanonicalWriter().domain(Domain.CUSTODIAN_KEY).string(chainId);
    writeCustodian(out, key);
    return out.toByteArray();
  }

  private static void writeCustodian(CanonicalWriter out, CustodianKey key) {
    out.string(key.institution()).fixed(key.sm2Point().requireLength(POINT, "custodian key"));
  }

  private static void writeTls(CanonicalWriter out, TlsProof proof) {
    out.fixed(proof.key().requireLength(POINT, "TLS key"))
        .fixed(proof.signature().requireLength(SIGNATURE, "proof"));
  }

  private static TlsProof readTls(CanonicalReader in) {
    return new TlsProof(in.fixed(POINT), in.fixed(SIGNATURE));
  }

  static void write(CanonicalWriter out, Action action) {
    if (action instanceof Action.Bond bond) {
      out.u8(BOND).u64(bond.units());
    } else if (action instanceof Action.Unbond unbond) {
      out.u8(UNBOND).u64(unbond.units());
    } else if (action instanceof Action.Unjail) {
      out.u8(UNJAIL);
    } else if (action instanceof Action.KeyRotate rotate) {
      out.u8(KEY_ROTATE)
          .fixed(rotate.key().requireLength(KEY, "validator key"))
          .fixed(rotate.proof().requireLength(SIGNATURE, "proof"));
    } else if (action instanceof Action.NodeMove move) {
      out.u8(NODE_MOVE).hash(move.tlsPin()).string(move.peerAddress());
      writeTls(out, move.tls());
    } else if (action instanceof Action.GovernanceProposal proposal) {
      out.u8(GOVERNANCE_PROPOSAL);
      writeChange(out, proposal.change());
    } else if (action instanceof Action.GovernanceVote vote) {
      out.u8(GOVERNANCE_VOTE).hash(vote.proposalId()).flag(vote.approved());
    } else {
      throw new IllegalStateException("no canonical form for " + action.getClass());
    }
  }

  static Action read(int code, CanonicalReader in) {
    return switch (code) {
      case BOND -> new Action.Bond(in.u64());
      case UNBOND -> new Action.Unbond(in.u64());
      case UNJAIL -> new Action.Unjail();
      case KEY_ROTATE -> new Action.KeyRotate(in.fixed(KEY), in.fixed(SIGNATURE));
      case NODE_MOVE -> new Action.NodeMove(in.hash(), in.string(Limits.ADDRESS), readTls(in));
      case GOVERNANCE_PROPOSAL -> new Action.GovernanceProposal(readChange(in));
      case GOVERNANCE_VOTE -> new Action.GovernanceVote(in.hash(), in.flag());
      default -> throw new CodecException(Reason.BAD_VALUE, "unknown action " + code);
    };
  }

  public static void writeChange(CanonicalWriter out, MembershipChange change) {
    if (change instanceof MembershipChange.StakeGrant grant) {
      out.u8(STAKE_GRANT).string(grant.institution()).u64(grant.units());
    } else if (change instanceof MembershipChange.Admission admission) {
      out.u8(ADMISSION);
      Registries.writeInstitution(out, admission.institution());
      out.fixed(admission.signingProof().requireLength(SIGNATURE, "proof"))
          .fixed(admission.validatorProof().requireLength(SIGNATURE, "proof"));
      writeTls(out, admission.tls());
    } else if (change instanceof MembershipChange.Removal removal) {
      out.u8(REMOVAL).string(removal.institution());
    } else if (change instanceof MembershipChange.StakeRules rules) {
      out.u8(STAKE_RULES).u32(rules.stakeCapPercent());
      Registries.writeStakeParameters(out, rules.stake());
    } else if (change instanceof MembershipChange.CustodianAddition addition) {
      out.u8(CUSTODIAN_ADDITION);
      writeCustodian(out, addition.key());
      out.fixed(addition.proof().requireLength(SIGNATURE, "proof"));
    } else if (change instanceof MembershipChange.CustodianRemoval removal) {
      out.u8(CUSTODIAN_REMOVAL).fixed(removal.sm2Point().requireLength(POINT, "custodian key"));
    }
  }

  public static MembershipChange readChange(CanonicalReader in) {
    int kind = in.u8();
    return switch (kind) {
      case STAKE_GRANT -> new MembershipChange.StakeGrant(in.string(Limits.NAME), in.u64());
      case ADMISSION ->
          new MembershipChange.Admission(
              Registries.readInstitution(in),
              in.fixed(SIGNATURE),
              in.fixed(SIGNATURE),
              readTls(in));
      case REMOVAL -> new MembershipChange.Removal(in.string(Limits.NAME));
      case STAKE_RULES ->
          new MembershipChange.StakeRules(in.u32(), Registries.readStakeParameters(in));
      case CUSTODIAN_ADDITION ->
          new MembershipChange.CustodianAddition(
              new CustodianKey(in.string(Limits.NAME), in.fixed(POINT)), in.fixed(SIGNATURE));
      case CUSTODIAN_REMOVAL -> new MembershipChange.CustodianRemoval(in.fixed(POINT));
      default -> throw new CodecException(Reason.BAD_VALUE, "unknown change " + kind);
    };
  }
}
