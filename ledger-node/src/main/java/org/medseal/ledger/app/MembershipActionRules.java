package org.medseal.ledger.app;

import java.util.Optional;
import org.medseal.ledger.app.RegistryRules.Signed;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.genesis.InstitutionShape;
import org.medseal.ledger.genesis.RegistryProofs;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.stake.MembershipRules;

/** Actions about stake and membership: form, rules, and the proofs of possession they rest on. */
final class MembershipActionRules {
  private final Proofs proofs;

  MembershipActionRules(Proofs proofs) {
    this.proofs = proofs;
  }

  static boolean isMembership(Action action) {
    return action instanceof Action.Bond
        || action instanceof Action.Unbond
        || action instanceof Action.Unjail
        || action instanceof Action.KeyRotate
        || action instanceof Action.NodeMove
        || action instanceof Action.GovernanceProposal
        || action instanceof Action.GovernanceVote;
  }

  Judgement judge(Signed signed, Action action, Overlay overlay) {
    Optional<String> malformed = malformation(action);
    if (malformed.isPresent()) {
      return Judgement.refused(Code.MALFORMED, malformed.get());
    }
    LedgerState state = overlay.state();
    String institution = signed.institution().name();
    Optional<String> refusal =
        MembershipRules.refusal(
            institution, action, state.membership(), state.timeMs(), state.offices());
    if (refusal.isPresent()) {
      return Judgement.refused(Code.NOT_ALLOWED, refusal.get());
    }
    String chainId = state.facts().chainId();
    if (action instanceof Action.KeyRotate rotate) {
      return Judgement.provided(
          signed.signature(), proofs.possession(signed.id(), chainId, institution, rotate));
    }
    if (action instanceof Action.NodeMove move) {
      return Judgement.provided(
          signed.signature(), proofs.possession(signed.id(), chainId, institution, move));
    }
    if (action instanceof Action.GovernanceProposal proposal
        && proposal.change() instanceof MembershipChange.Admission admission) {
      return Judgement.provided(
          signed.signature(), proofs.possession(signed.id(), chainId, admission));
    }
    if (action instanceof Action.GovernanceProposal proposal
        && proposal.change() instanceof MembershipChange.CustodianAddition addition) {
      return Judgement.provided(
          signed.signature(), proofs.possession(signed.id(), chainId, addition));
    }
    return Judgement.provided(signed.signature());
  }

  /** What is wrong whatever the state. */
  private static Optional<String> malformation(Action action) {
    if (action instanceof Action.KeyRotate rotate && !RegistryProofs.isEd25519Key(rotate.key())) {
      return Optional.of("the validator key is no Ed25519 key");
    }
    if (action instanceof Action.NodeMove move && !InstitutionShape.isAddress(move.peerAddress())) {
      return Optional.of("the peer address is not host:port");
    }
    if (action instanceof Action.GovernanceProposal proposal
        && proposal.change() instanceof MembershipChange.Admission admission) {
      return InstitutionShape.fault(admission.institution())
          .map(fault -> "the institution's " + fault.key() + " " + fault.otherwise());
    }
    if (action instanceof Action.GovernanceProposal proposal
        && proposal.change() instanceof MembershipChange.CustodianAddition addition
        && !RegistryProofs.isSm2Point(addition.key().sm2Point())) {
      return Optional.of("the custodian key is no SM2 point");
    }
    return Optional.empty();
  }
}
