package org.medseal.ledger.stake;

import java.util.Optional;
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.StakeParameters;

/** What the consortium may decide, and what then happens. */
final class ChangeRules {
  /** Of all units ever granted; percentages and quorums of it stay far from overflow. */
  static final long MOST_STAKE = 1L << 53;

  /** Shortest that governance may set: above any trust period of 14 days (ledger.md section 4). */
  static final long LEAST_UNBONDING_MS = 21 * 86_400_000L;

  private ChangeRules() {}

  /** Why it does not fit the state; empty if it may be proposed or carried out. */
  static Optional<String> fault(Membership membership, MembershipChange change, Offices offices) {
    if (change instanceof MembershipChange.StakeGrant grant) {
      return membership.registry().member(grant.institution()).isEmpty()
          ? Optional.of("no such institution")
          : grantFault(membership, grant.units());
    } else if (change instanceof MembershipChange.Admission admission) {
      return admissionFault(membership, admission.institution());
    } else if (change instanceof MembershipChange.Removal removal) {
      return offices
          .fault(removal, membership.registry())
          .or(() -> removalFault(membership, removal.institution()));
    } else if (change instanceof MembershipChange.CustodianAddition addition) {
      return offices.fault(addition, membership.registry());
    } else if (change instanceof MembershipChange.CustodianRemoval removal) {
      return offices.fault(removal);
    }
    return rulesFault(membership.policy(), (MembershipChange.StakeRules) change);
  }

  /** Who the custodians are after a change that {@link #fault} allows. */
  static Offices apply(Offices offices, MembershipChange change) {
    if (change instanceof MembershipChange.CustodianAddition addition) {
      return offices.with(addition.key());
    } else if (change instanceof MembershipChange.CustodianRemoval removal) {
      return offices.without(removal.sm2Point());
    }
    return offices;
  }

  static Membership apply(Membership membership, MembershipChange change) {
    if (change instanceof MembershipChange.StakeGrant grant) {
      return membership.withStake(grant.institution(), stake -> stake.granted(grant.units()));
    } else if (change instanceof MembershipChange.Admission admission) {
      Institution added = admission.institution();
      return membership
          .with(membership.registry().admitted(added))
          .with(membership.keys().bound(added.validatorKey(), added.name()))
          .withStake(added.name(), stake -> stake.granted(added.stake()));
    } else if (change instanceof MembershipChange.Removal removal) {
      return membership
          .with(membership.registry().without(removal.institution()))
          .withStake(removal.institution(), stake -> stake.unbond(stake.bonded()).retire());
    } else if (!(change instanceof MembershipChange.StakeRules)) {
      return membership;
    }
    MembershipChange.StakeRules rules = (MembershipChange.StakeRules) change;
    StakePolicy next = new StakePolicy(rules.stakeCapPercent(), rules.stake());
    int window = next.stake().downtimeWindowBlocks();
    return membership
        .with(next)
        .with(
            membership.attendance().windowBlocks() == window
                ? membership.attendance()
                : Attendance.fresh(window));
  }

  private static Optional<String> grantFault(Membership membership, long units) {
    long granted = membership.stakes().values().stream().mapToLong(Stake::granted).sum();
    return units < 1 || units > MOST_STAKE - granted
        ? Optional.of("not a number of units that can be granted")
        : Optional.empty();
  }

  private static Optional<String> admissionFault(Membership membership, Institution added) {
    InstitutionRegistry registry = membership.registry();
    if (registry.all().size() >= Limits.INSTITUTIONS) {
      return Optional.of("the consortium is full");
    }
    if (registry.find(added.name()).isPresent()) {
      return Optional.of("the name belongs to an institution that is or was a member");
    }
    if (isKnownKey(membership, added.signingKey())
        || isKnownKey(membership, added.validatorKey())
        || added.signingKey().equals(added.validatorKey())) {
      return Optional.of("a key of it is in use or was");
    }
    if (registry.all().stream().anyMatch(each -> each.grantKey().equals(added.grantKey()))) {
      return Optional.of("its grant key belongs to another institution");
    }
    return added.stake() == 0
        ? pinFault(registry, added.name(), added.tlsPin())
        : grantFault(membership, added.stake())
            .or(() -> pinFault(registry, added.name(), added.tlsPin()));
  }

  /** An address may be shared: whoever is dialled there has to show the pinned key. */
  static Optional<String> pinFault(InstitutionRegistry registry, String institution, Hash tlsPin) {
    for (Institution each : registry.all()) {
      boolean another = !each.name().equals(institution);
      if (another && each.tlsPin().equals(tlsPin)) {
        return Optional.of("its TLS pin belongs to another institution");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> removalFault(Membership membership, String institution) {
    if (membership.registry().member(institution).isEmpty()) {
      return Optional.of("no such institution");
    }
    boolean othersValidate =
        membership.bonded().entrySet().stream()
            .anyMatch(each -> !each.getKey().equals(institution) && each.getValue() > 0);
    return othersValidate
        ? Optional.empty()
        : Optional.of("nobody with bonded stake would be left");
  }

  private static Optional<String> rulesFault(
      StakePolicy present, MembershipChange.StakeRules rules) {
    StakeParameters stake = rules.stake();
    if (rules.stakeCapPercent() < 0 || rules.stakeCapPercent() > 33) {
      return Optional.of("the cap must be 1 to 33 percent, or 0 for the standard one");
    }
    if (stake.unbondingMs() < Math.min(present.stake().unbondingMs(), LEAST_UNBONDING_MS)) {
      return Optional.of("unbonding must outlast every trust period: 21 days at least");
    }
    return stake.fault().map(fault -> fault.key() + " " + fault.otherwise());
  }

  static boolean isKnownKey(Membership membership, Bytes key) {
    return membership.keys().isKnown(key)
        || membership.registry().all().stream().anyMatch(each -> each.signingKey().equals(key));
  }
}
