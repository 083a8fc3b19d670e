package org.medseal.ledger.stake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.MembershipChange.StakeGrant;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/** Whatever institutions do, in whatever order. */
class StakeProperties {
  private static final long[] GENESIS = {30, 26, 24, 20, 12};
  private static final int CAP = 30;

  /** One thing that happens. */
  record Deed(int kind, int institution, long units) {}

  @Property(tries = 300)
  void unitsAreNeitherMadeNorLost(@ForAll("deeds") List<Deed> deeds) {
    Play play = Play.of(CAP, GENESIS);
    for (Deed each : deeds) {
      carryOut(play, each);
      for (int i = 0; i < GENESIS.length; i++) {
        Stake stake = play.stake(i + 1);
        assertThat(stake.granted()).isEqualTo(GENESIS[i]);
        assertThat(stake.unbonding()).hasSizeLessThanOrEqualTo(Stake.MOST_UNBONDINGS);
      }
    }
  }

  @Property(tries = 300)
  void anEdgeChangesAThirdAtMostAndNeverEmptiesTheSet(@ForAll("deeds") List<Deed> deeds) {
    Play play = Play.of(CAP, GENESIS);
    for (Deed each : deeds) {
      carryOut(play, each);
      ValidatorSet before = play.now().sets().periods().get(0).validators();
      for (ValidatorHistory.Period period : play.now().sets().periods()) {
        ValidatorSet after = period.validators();
        assertThat(after.totalStake()).isPositive();
        assertThat(3 * difference(before, after)).isLessThanOrEqualTo(before.totalStake());
        before = after;
      }
    }
  }

  @Property(tries = 300)
  void whoBondsOrLeavesInPartStaysWithinTheCapAndLiftsNobodyAboveIt(
      @ForAll("deeds") List<Deed> deeds) {
    Play play = Play.of(CAP, GENESIS);
    for (Deed each : deeds) {
      SortedMap<String, Long> before = play.now().bonded();
      boolean voluntary = each.kind() < 2;
      carryOut(play, each);
      SortedMap<String, Long> after = play.now().bonded();
      boolean exit = after.get("h" + each.institution()) == 0;
      if (voluntary && !exit && !after.equals(before)) {
        after.forEach(
            (name, units) -> assertThat(isLifted(name, before, after)).as(name).isFalse());
      }
    }
  }

  @Property(tries = 300)
  void noEdgeOfVoluntaryActionsLiftsAnybodyAboveTheCap(@ForAll("deeds") List<Deed> deeds) {
    Play play = Play.of(CAP, GENESIS);
    for (int i = 1; i <= GENESIS.length; i++) {
      play.votes(play.proposes(1, new StakeGrant("h" + i, 300)), 2, 3, 4).block();
    }
    for (Deed each : deeds) {
      play.tries(each.institution(), voluntary(each));
      if (each.kind() == 5) {
        SortedMap<String, Long> before = votes(play);
        play.toEdge();
        SortedMap<String, Long> after = votes(play);
        SortedMap<String, Long> bonded = play.now().bonded();
        before.keySet().stream()
            .filter(name -> !isAboveCap(name, bonded)) // as when a cap begins with a fourth
            .filter(name -> !isLiftingExit(bonded))
            .forEach(
                name ->
                    assertThat(isLifted(name, before, after))
                        .as("%s from %s to %s", name, before, after)
                        .isFalse());
      }
    }
  }

  /** Who left altogether may have left somebody above the cap, whose excess then does not vote. */
  private static boolean isLiftingExit(SortedMap<String, Long> bonded) {
    return bonded.containsValue(0L)
        && bonded.keySet().stream().anyMatch(name -> isAboveCap(name, bonded));
  }

  private static Action voluntary(Deed deed) {
    return deed.kind() == 1 || deed.kind() == 2
        ? new Action.Unbond(deed.units())
        : new Action.Bond(deed.units());
  }

  /** Of the newest set, of everybody. */
  private static SortedMap<String, Long> votes(Play play) {
    SortedMap<String, Long> votes = new TreeMap<>();
    for (int i = 1; i <= GENESIS.length; i++) {
      votes.put("h" + i, NextSet.votesOf("h" + i, play.now().sets().newest()));
    }
    return votes;
  }

  @Property(tries = 100)
  void theStateComesBackFromItsBytes(@ForAll("deeds") List<Deed> deeds) {
    Play play = Play.of(CAP, GENESIS);
    deeds.forEach(each -> carryOut(play, each));
    CanonicalWriter out = new CanonicalWriter();
    Membership membership = play.now();
    MembershipCodec.writeRegistry(out, membership);
    MembershipCodec.writeStakes(out, membership);
    MembershipCodec.writeKeys(out, membership);
    MembershipCodec.writeSets(out, membership);
    MembershipCodec.writeAttendance(out, membership);
    MembershipCodec.writeGovernance(out, membership);
    CanonicalReader in = new CanonicalReader(out.toByteArray());
    assertThat(MembershipCodec.read(in, () -> {})).isEqualTo(membership);
    in.end();
  }

  /** Above the cap with a greater part than before: a cap that only begins lifts nobody. */
  private static boolean isLifted(
      String name, SortedMap<String, Long> before, SortedMap<String, Long> after) {
    return isAboveCap(name, after)
        && !isAboveCap(name, before)
        && part(name, after) > part(name, before);
  }

  private static double part(String name, SortedMap<String, Long> units) {
    return (double) units.get(name) / units.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Told again here, so that the rule is not its own judge. */
  private static boolean isAboveCap(String name, Map<String, Long> bonded) {
    long count = bonded.values().stream().filter(each -> each > 0).count();
    long total = bonded.values().stream().mapToLong(Long::longValue).sum();
    double most = total * Math.max(CAP, Math.ceil(100.0 / count)) / 100;
    long units = bonded.get(name);
    boolean isRoundedUp = units < most + 1 && 3 * units < total;
    return count >= 4 && units > most && !isRoundedUp;
  }

  private static long difference(ValidatorSet before, ValidatorSet after) {
    Map<String, Long> votes = new TreeMap<>();
    for (Validator each : before.validators()) {
      votes.merge(each.institution(), -each.stake(), Long::sum);
    }
    for (Validator each : after.validators()) {
      votes.merge(each.institution(), each.stake(), Long::sum);
    }
    return votes.values().stream().mapToLong(Math::abs).sum();
  }

  private static void carryOut(Play play, Deed deed) {
    int who = deed.institution();
    switch (deed.kind()) {
      case 0 -> play.tries(who, new Action.Bond(deed.units()));
      case 1 -> play.tries(who, new Action.Unbond(deed.units()));
      case 2 -> play.tries(who, new Action.Unjail());
      case 3 -> play.blockWithout(who);
      case 4 -> {
        if (play.height() > 1 && play.votes(who, play.height()) > 0) {
          int index = NextSet.find("h" + who, play.set(play.height())).orElseThrow().index();
          play.blockWith(Play.equivocation(play.height(), index));
        }
      }
      default -> play.blocks((int) deed.units());
    }
  }

  @Provide
  Arbitrary<List<Deed>> deeds() {
    return Combinators.combine(
            Arbitraries.frequency(
                Tuple.of(6, 0),
                Tuple.of(6, 1),
                Tuple.of(2, 2),
                Tuple.of(8, 3),
                Tuple.of(1, 4),
                Tuple.of(6, 5)),
            Arbitraries.integers().between(1, GENESIS.length),
            Arbitraries.longs().between(1, 30))
        .as(Deed::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }
}
