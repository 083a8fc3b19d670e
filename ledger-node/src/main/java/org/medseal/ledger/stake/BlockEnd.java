package org.medseal.ledger.stake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.medseal.ledger.api.GovernanceCase;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.stake.NextSet.Wanted;

/**
 * What a decided block does to the membership after its transactions, in this order: offences,
 * absence, governance, release, and at the edge of a stake epoch the next validator set.
 */
public final class BlockEnd {
  private final long height;
  private final long timeMs;
  private Offices offices;
  private Membership membership;

  private BlockEnd(Membership membership, Block block, Offices offices) {
    this.membership = membership;
    this.offices = offices;
    this.height = block.header().height();
    this.timeMs = block.header().timeMs();
  }

  /** What stands after a block; of the offices, the custodians may be others. */
  public record Ended(Membership membership, Offices offices) {}

  /**
   * The state after a block whose evidence and certificate the engine has verified.
   *
   * @param offices that removals must not leave empty
   */
  public static Ended of(Membership membership, Block block, Offices offices) {
    BlockEnd end = new BlockEnd(membership, block, offices);
    block.evidence().forEach(end::punish);
    block.lastCommit().ifPresent(last -> end.attend(last, block.header().proposer()));
    end.jailTheAbsent();
    end.membership.governance().open().forEach(end::count);
    end.release();
    if (end.height % end.membership.policy().stake().epochBlocks() == 0) {
      end.edge();
    }
    end.membership =
        end.membership.with(end.membership.sets().since(end.height - Evidence.MAX_AGE_BLOCKS));
    return new Ended(end.membership, end.offices);
  }

  /**
   * All keys the institution has had so far answer for each other, or a rotation around the offence
   * would keep it in; so they are punished once, and banned from then on.
   */
  private void punish(Evidence evidence) {
    Validator offender = membership.validator(evidence.height(), evidence.validator());
    if (membership.keys().isBanned(offender.key())) {
      return;
    }
    int percent = membership.policy().stake().slashPercent();
    membership =
        membership
            .with(membership.keys().bannedOf(offender.institution()))
            .withStake(offender.institution(), stake -> stake.slash(percent));
  }

  /** Whoever proposes a block is there, whatever the certificate in it says. */
  private void attend(CommitCertificate last, int proposer) {
    Set<Integer> signed = new HashSet<>();
    last.signatures().forEach(each -> signed.add(each.validator()));
    String proposing = membership.validator(height, proposer).institution();
    Map<String, Boolean> missing = new TreeMap<>();
    for (Validator each : membership.sets().at(last.height()).validators()) {
      missing.put(
          each.institution(),
          !signed.contains(each.index()) && !each.institution().equals(proposing));
    }
    membership = membership.with(membership.attendance().noted(last.height(), missing));
  }

  private void jailTheAbsent() {
    int tooMany = membership.policy().stake().downtimeMissedBlocks();
    for (String each : membership.attendance().windows().keySet()) {
      if (membership.attendance().missed(each) >= tooMany && mayJail(each)) {
        long untilMs = timeMs + membership.policy().stake().jailMs();
        membership =
            membership
                .withStake(each, stake -> stake.jailed(untilMs))
                .with(membership.attendance().forgiven(each));
      }
    }
  }

  /** The floor: all that the coming edge takes away is at most a third of the set. */
  private boolean mayJail(String institution) {
    if (membership.wanted(institution) == 0) {
      return false;
    }
    ValidatorSet newest = membership.sets().newest();
    long leaving = 0;
    long staying = 0;
    for (Validator each : newest.validators()) {
      boolean stays = !each.institution().equals(institution);
      long wanted = stays ? membership.wanted(each.institution()) : 0;
      leaving += Math.max(0, each.stake() - wanted);
      staying += wanted;
    }
    return staying > 0 && Math.multiplyExact(3, leaving) <= newest.totalStake();
  }

  /** Approved by more than two thirds of the stake that votes at this height, or out of time. */
  private void count(GovernanceCase open) {
    ValidatorSet voters = membership.sets().at(height);
    long approving =
        voters.validators().stream()
            .filter(each -> open.votes().getOrDefault(each.institution(), false))
            .mapToLong(Validator::stake)
            .sum();
    if (voters.isQuorum(approving)) {
      Optional<String> fault = ChangeRules.fault(membership, open.change(), offices);
      if (fault.isEmpty()) {
        membership = ChangeRules.apply(membership, open.change());
        offices = ChangeRules.apply(offices, open.change()).within(membership.registry());
      }
      close(
          open,
          fault.isEmpty() ? GovernanceCase.State.ACCEPTED : GovernanceCase.State.FAILED,
          fault.orElse("approved by " + approving + " of " + voters.totalStake() + " stake"));
    } else if (timeMs > open.deadlineMs()) {
      close(
          open,
          GovernanceCase.State.LAPSED,
          approving + " of " + voters.totalStake() + " stake approved in time");
    }
  }

  private void close(GovernanceCase open, GovernanceCase.State state, String outcome) {
    membership = membership.with(membership.governance().closed(open.id(), state, outcome));
  }

  private void release() {
    for (Map.Entry<String, Stake> each : membership.stakes().entrySet()) {
      Stake before = each.getValue();
      Stake released = before.released(timeMs);
      Stake after = membership.registry().isRemoved(each.getKey()) ? released.retire() : released;
      if (!after.equals(before)) {
        membership = membership.withStake(each.getKey(), stake -> after);
      }
    }
  }

  private void edge() {
    ValidatorSet present = membership.sets().newest();
    List<Wanted> wanted = new ArrayList<>();
    for (Institution each : membership.registry().all()) {
      wanted.add(
          new Wanted(
              each.name(),
              membership.nextKey(each),
              membership.wanted(each.name()),
              membership.bar(each.name())));
    }
    List<String> waiting =
        membership.keys().next().stream().map(ValidatorKeys.Waiting::institution).toList();
    ValidatorSet next = NextSet.of(present, wanted, waiting, membership.policy());
    membership.registry().all().forEach(each -> settle(each, next));
    if (!next.equals(present)) {
      membership = membership.with(membership.sets().with(height + 2, next));
    }
  }

  /** Stake follows the votes, and a key that has come into force is the institution's. */
  private void settle(Institution institution, ValidatorSet next) {
    String name = institution.name();
    long releaseMs = timeMs + membership.policy().stake().unbondingMs();
    Stake before = membership.stake(name);
    Stake after = before.settled(NextSet.votesOf(name, next), releaseMs);
    if (!after.equals(before)) {
      membership = membership.withStake(name, stake -> after);
    }
    Optional<Validator> validator = NextSet.find(name, next);
    membership
        .announcedKey(name)
        .filter(key -> validator.isEmpty() || validator.get().key().equals(key))
        .ifPresent(
            key ->
                membership =
                    membership
                        .with(
                            membership.registry().replaced(Institutions.rekeyed(institution, key)))
                        .with(membership.keys().inForce(name)));
  }
}
