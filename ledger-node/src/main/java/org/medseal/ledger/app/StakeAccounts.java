package org.medseal.ledger.app;

import java.util.List;
import java.util.OptionalLong;
import org.medseal.ledger.api.StakeAccount;
import org.medseal.ledger.api.StakeAccount.State;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.stake.Membership;
import org.medseal.ledger.stake.Stake;

/** Stake as other modules read it. */
final class StakeAccounts {
  private StakeAccounts() {}

  /** Of every institution there ever was, in the order of their admission. */
  static List<StakeAccount> of(Membership membership, ValidatorSet validators) {
    return membership.registry().all().stream()
        .map(each -> account(membership, validators, each))
        .toList();
  }

  private static StakeAccount account(
      Membership membership, ValidatorSet validators, Institution institution) {
    Stake stake = membership.stake(institution.name());
    long votes =
        validators.validators().stream()
            .filter(each -> each.institution().equals(institution.name()))
            .mapToLong(Validator::stake)
            .sum();
    return new StakeAccount(
        institution.name(),
        state(membership, institution, votes),
        stake.granted(),
        stake.free(),
        stake.bonded(),
        stake.leaving(),
        stake.unbonding(),
        votes,
        stake.slashed(),
        stake.retired(),
        stake.jailedUntilMs().map(OptionalLong::of).orElse(OptionalLong.empty()),
        membership.attendance().missed(institution.name()),
        institution.validatorKey());
  }

  private static State state(Membership membership, Institution institution, long votes) {
    Stake stake = membership.stake(institution.name());
    if (membership.registry().isRemoved(institution.name())) {
      return State.REMOVED;
    } else if (membership.keys().isBanned(institution.validatorKey())) {
      return State.TOMBSTONED;
    } else if (stake.isJailed()) {
      return State.JAILED;
    } else if (votes > 0) {
      return State.ACTIVE;
    } else if (stake.bonded() > 0) {
      return State.BONDED;
    } else if (stake.slashable() > 0) {
      return State.UNBONDING;
    }
    return stake.free() > 0 ? State.GRANTED : State.NONE;
  }
}
