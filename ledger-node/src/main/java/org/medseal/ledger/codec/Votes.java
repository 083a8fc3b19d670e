package org.medseal.ledger.codec;

import java.util.List;
import java.util.Optional;
import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;

/** Canonical form and signed bytes of votes, proposals, certificates and evidence. */
public final class Votes {
  private static final int SIGNATURE = 64;
  private static final int DUPLICATE_VOTE = 1;
  private static final int DUPLICATE_PROPOSAL = 2;

  private Votes() {}

  /** Domain, chain id, height, round, type, block id; not the validator: the key says who. */
  public static byte[] signBytes(String chainId, Vote vote) {
    return new CanonicalWriter()
        .domain(Domain.VOTE)
        .string(chainId)
        .u64(vote.height())
        .u32(vote.round())
        .u8(vote.type().code())
        .optional(vote.blockId(), CanonicalWriter::hash)
        .toByteArray();
  }

  /** Domain, chain id, height, round, valid round + 1, block id. */
  public static byte[] signBytes(String chainId, Proposal proposal) {
    return new CanonicalWriter()
        .domain(Domain.PROPOSAL)
        .string(chainId)
        .u64(proposal.height())
        .u32(proposal.round())
        .u32(Math.addExact(proposal.validRound(), 1))
        .hash(proposal.blockId())
        .toByteArray();
  }

  /** The precommit that a signature of a certificate stands for. */
  public static Vote precommit(CommitCertificate certificate, CommitSignature signature) {
    return new Vote(
        VoteType.PRECOMMIT,
        certificate.height(),
        certificate.round(),
        Optional.of(certificate.blockId()),
        signature.validator(),
        signature.signature());
  }

  public static void writeVote(CanonicalWriter out, Vote vote) {
    out.u8(vote.type().code())
        .u64(vote.height())
        .u32(vote.round())
        .optional(vote.blockId(), CanonicalWriter::hash)
        .u32(vote.validator());
    writeSignature(out, vote.signature());
  }

  public static Vote readVote(CanonicalReader in) {
    return new Vote(
        readType(in),
        in.u64(),
        in.u32(),
        in.optional(CanonicalReader::hash),
        in.u32(),
        readSignature(in));
  }

  public static void writeProposal(CanonicalWriter out, Proposal proposal) {
    out.u64(proposal.height())
        .u32(proposal.round())
        .u32(Math.addExact(proposal.validRound(), 1))
        .hash(proposal.blockId())
        .u32(proposal.proposer());
    writeSignature(out, proposal.signature());
  }

  public static Proposal readProposal(CanonicalReader in) {
    return new Proposal(in.u64(), in.u32(), in.u32() - 1, in.hash(), in.u32(), readSignature(in));
  }

  public static void writeCertificate(CanonicalWriter out, CommitCertificate certificate) {
    out.domain(Domain.CERTIFICATE)
        .u64(certificate.height())
        .u32(certificate.round())
        .hash(certificate.blockId())
        .list(
            certificate.signatures(),
            (each, signature) ->
                each.u32(signature.validator())
                    .fixed(signature.signature().requireLength(SIGNATURE, "signature")));
  }

  /** Signatures by strictly ascending validator index, or it is refused. */
  public static CommitCertificate readCertificate(CanonicalReader in) {
    in.domain(Domain.CERTIFICATE);
    long height = in.u64();
    int round = in.u32();
    Hash blockId = in.hash();
    List<CommitSignature> signatures =
        in.list(
            Limits.INSTITUTIONS, each -> new CommitSignature(each.u32(), each.fixed(SIGNATURE)));
    for (int i = 1; i < signatures.size(); i++) {
      if (signatures.get(i - 1).validator() >= signatures.get(i).validator()) {
        throw new CodecException(Reason.BAD_VALUE, "certificate's validators do not ascend");
      }
    }
    return new CommitCertificate(height, round, blockId, signatures);
  }

  public static void writeEvidence(CanonicalWriter out, Evidence evidence) {
    out.domain(Domain.EVIDENCE);
    if (evidence instanceof Evidence.DuplicateVote duplicate) {
      out.u8(DUPLICATE_VOTE);
      writeVote(out, duplicate.first());
      writeVote(out, duplicate.second());
    } else if (evidence instanceof Evidence.DuplicateProposal duplicate) {
      out.u8(DUPLICATE_PROPOSAL);
      writeProposal(out, duplicate.first());
      writeProposal(out, duplicate.second());
    }
  }

  public static Evidence readEvidence(CanonicalReader in) {
    in.domain(Domain.EVIDENCE);
    int kind = in.u8();
    return switch (kind) {
      case DUPLICATE_VOTE -> new Evidence.DuplicateVote(readVote(in), readVote(in));
      case DUPLICATE_PROPOSAL -> new Evidence.DuplicateProposal(readProposal(in), readProposal(in));
      default -> throw new CodecException(Reason.BAD_VALUE, "unknown evidence " + kind);
    };
  }

  public static VoteType readType(CanonicalReader in) {
    int code = in.u8();
    for (VoteType type : VoteType.values()) {
      if (type.code() == code) {
        return type;
      }
    }
    throw new CodecException(Reason.BAD_VALUE, "unknown vote type " + code);
  }

  private static void writeSignature(CanonicalWriter out, Bytes signature) {
    out.optional(
        signature.length() == 0 ? Optional.empty() : Optional.of(signature),
        (each, bytes) -> each.fixed(bytes.requireLength(SIGNATURE, "signature")));
  }

  private static Bytes readSignature(CanonicalReader in) {
    Optional<Bytes> signature = in.optional(each -> each.fixed(SIGNATURE));
    return signature.orElse(Bytes.empty());
  }
}
