package org.medseal.ledger.engine.embedded;

import java.util.Optional;
import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.CommitCertificate.CommitSignature;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Evidence.DuplicateProposal;
import org.medseal.ledger.model.Evidence.DuplicateVote;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;

/** Verifies what validators sign, for one chain, against the set of the height concerned. */
final class Signatures {
  private final String chainId;
  private final SignatureCheck check;

  Signatures(String chainId, SignatureCheck check) {
    this.chainId = chainId;
    this.check = check;
  }

  boolean isSigned(Vote vote, ValidatorSet validators) {
    return isIndex(vote.validator(), validators)
        && check.verify(
            validators.get(vote.validator()).key(),
            Votes.signBytes(chainId, vote),
            vote.signature());
  }

  boolean isSigned(Proposal proposal, ValidatorSet validators) {
    return isIndex(proposal.proposer(), validators)
        && check.verify(
            validators.get(proposal.proposer()).key(),
            Votes.signBytes(chainId, proposal),
            proposal.signature());
  }

  /** Every signature verifies, no validator twice, and together more than two thirds of stake. */
  boolean isProof(CommitCertificate certificate, ValidatorSet validators) {
    return faultIn(certificate, validators).isEmpty();
  }

  /** The end of a sentence that begins with the certificate; empty if it is a proof. */
  Optional<String> faultIn(CommitCertificate certificate, ValidatorSet validators) {
    long power = 0;
    int previous = -1;
    for (CommitSignature each : certificate.signatures()) {
      if (each.validator() <= previous
          || !isSigned(Votes.precommit(certificate, each), validators)) {
        return Optional.of("'s signature of validator " + each.validator() + " does not hold");
      }
      previous = each.validator();
      power += validators.get(each.validator()).stake();
    }
    return validators.isQuorum(power) ? Optional.empty() : Optional.of(" has no quorum");
  }

  /** Two signed statements of one validator for one slot that differ, in the one fixed order. */
  boolean isProof(Evidence evidence, ValidatorSet validators) {
    if (evidence instanceof DuplicateVote duplicate) {
      Vote first = duplicate.first();
      Vote second = duplicate.second();
      return first.type() == second.type()
          && first.height() == second.height()
          && first.round() == second.round()
          && first.validator() == second.validator()
          && !first.blockId().equals(second.blockId())
          && evidence.equals(EvidencePool.ordered(evidence))
          && isSigned(first, validators)
          && isSigned(second, validators);
    }
    DuplicateProposal duplicate = (DuplicateProposal) evidence;
    Proposal first = duplicate.first();
    Proposal second = duplicate.second();
    return first.height() == second.height()
        && first.round() == second.round()
        && first.proposer() == second.proposer()
        && (!first.blockId().equals(second.blockId()) || first.validRound() != second.validRound())
        && evidence.equals(EvidencePool.ordered(evidence))
        && isSigned(first, validators)
        && isSigned(second, validators);
  }

  private static boolean isIndex(int validator, ValidatorSet validators) {
    return validator >= 0 && validator < validators.size();
  }
}
