package org.medseal.ledger.stake;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.ledger.api.GovernanceCase;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.MembershipChange;

/**
 * Which actions about stake and membership are allowed. Signatures, proofs and the soundness of
 * keys are the caller's to look at.
 */
public final class MembershipRules {
  private MembershipRules() {}

  /**
   * Why not; empty if allowed.
   *
   * @param timeMs of the newest block, which check and block know alike
   * @param offices that removals must not leave empty
   */
  public static Optional<String> refusal(
      String institution, Action action, Membership membership, long timeMs, Offices offices) {
    if (action instanceof Action.Bond bond) {
      return refusal(institution, bond, membership);
    } else if (action instanceof Action.Unbond unbond) {
      return refusal(institution, unbond, membership);
    } else if (action instanceof Action.Unjail) {
      return unjailRefusal(membership.stake(institution), timeMs);
    } else if (action instanceof Action.KeyRotate rotate) {
      return refusal(institution, rotate, membership);
    } else if (action instanceof Action.NodeMove move) {
      return ChangeRules.pinFault(membership.registry(), institution, move.tlsPin());
    } else if (action instanceof Action.GovernanceProposal proposal) {
      return membership.governance().openOf(institution) >= Governance.OPEN_EACH
          ? Optional.of("the institution has " + Governance.OPEN_EACH + " open proposals")
          : foreignKey(institution, proposal.change())
              .or(() -> ChangeRules.fault(membership, proposal.change(), offices));
    } else if (action instanceof Action.GovernanceVote vote) {
      return refusal(vote, membership, timeMs);
    }
    throw new IllegalStateException("no rule for " + action.getClass());
  }

  /** Nobody is made a custodian who has not asked for it. */
  private static Optional<String> foreignKey(String institution, MembershipChange change) {
    return change instanceof MembershipChange.CustodianAddition addition
            && !addition.key().institution().equals(institution)
        ? Optional.of("an institution proposes custodian keys of its own")
        : Optional.empty();
  }

  private static Optional<String> refusal(
      String institution, Action.Bond bond, Membership membership) {
    Stake stake = membership.stake(institution);
    if (bond.units() < 1 || bond.units() > stake.free()) {
      return Optional.of(stake.free() + " units are granted and not at stake");
    }
    Bytes key = membership.registry().find(institution).orElseThrow().validatorKey();
    if (membership.keys().isBanned(key)) {
      return Optional.of("the validator key is banned: another one must be in force first");
    }
    SortedMap<String, Long> after = new TreeMap<>(membership.bonded());
    after.put(institution, stake.bonded() + bond.units());
    return membership.policy().isWithinCap(institution, after)
        ? Optional.empty()
        : Optional.of("the institution would hold more than the cap of all bonded stake");
  }

  /**
   * A part may leave while it lifts nobody above the cap, the whole always: whoever holds as much
   * as the cap allows would otherwise hold everybody else for good.
   */
  private static Optional<String> refusal(
      String institution, Action.Unbond unbond, Membership membership) {
    Stake stake = membership.stake(institution);
    if (unbond.units() < 1 || unbond.units() > stake.bonded()) {
      return Optional.of(stake.bonded() + " units are bonded");
    }
    SortedMap<String, Long> before = membership.bonded();
    SortedMap<String, Long> after = new TreeMap<>(before);
    after.put(institution, stake.bonded() - unbond.units());
    if (after.values().stream().allMatch(each -> each == 0)) {
      return Optional.of("the last bonded stake stays");
    }
    boolean isExit = unbond.units() == stake.bonded();
    return !isExit && membership.policy().lifts(before, after)
        ? Optional.of(
            "another institution would then hold more than the cap of all bonded stake: fewer"
                + " units may leave, or all "
                + stake.bonded())
        : Optional.empty();
  }

  private static Optional<String> unjailRefusal(Stake stake, long timeMs) {
    if (stake.jailedUntilMs().isEmpty()) {
      return Optional.of("the institution is not in jail");
    }
    return timeMs < stake.jailedUntilMs().get()
        ? Optional.of("the jail ends at block time " + stake.jailedUntilMs().get())
        : Optional.empty();
  }

  private static Optional<String> refusal(
      String institution, Action.KeyRotate rotate, Membership membership) {
    if (membership.announcedKey(institution).isPresent()) {
      return Optional.of("another key waits for the edge already");
    }
    if (membership.keys().count(institution) >= ValidatorKeys.MOST_KEYS) {
      return Optional.of("the institution has changed its key too often");
    }
    return ChangeRules.isKnownKey(membership, rotate.key())
        ? Optional.of("the key is in use or was, and stays bound to whom it belonged to")
        : Optional.empty();
  }

  private static Optional<String> refusal(
      Action.GovernanceVote vote, Membership membership, long timeMs) {
    Optional<GovernanceCase> found = membership.governance().find(vote.proposalId());
    if (found.isEmpty()) {
      return Optional.of("no such proposal");
    }
    if (found.get().state() != GovernanceCase.State.OPEN) {
      return Optional.of("the proposal is closed");
    }
    return timeMs > found.get().deadlineMs()
        ? Optional.of("the time to vote has passed")
        : Optional.empty();
  }
}
