package org.medseal.ledger.stake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.stake.NextSet.Bar;
import org.medseal.ledger.stake.NextSet.Wanted;

/** One edge after the other, from any set to anything that may be wanted. */
class EdgeProperties {
  private static final int MOST_EDGES = 400;

  /** One institution before an edge. */
  record Part(long votes, long wanted, Bar bar, boolean hasNewKey) {}

  @Property(tries = 2000)
  void anEdgeMovesAThirdAtMostWithKeysOrOneKeyAlone(
      @ForAll("parts") List<Part> parts, @ForAll @IntRange(max = 33) int cap) {
    ValidatorSet before = present(parts);
    Assume.that(before.size() > 0);
    ValidatorSet after = edge(before, parts, cap);
    assertThat(after.totalStake()).isPositive();
    long moved = 0;
    long turned = 0;
    int keys = 0;
    for (int i = 0; i < parts.size(); i++) {
      moved += Math.abs(votes(i, after) - votes(i, before));
      if (hasTurned(i, before, after)) {
        turned += Math.min(votes(i, before), votes(i, after));
        keys++;
      }
    }
    boolean isOneKeyAlone = keys == 1 && moved == 0;
    assertThat(isOneKeyAlone || moved + turned <= Math.max(1, before.totalStake() / 3))
        .as("%s to %s", before, after)
        .isTrue();
  }

  @Property(tries = 2000)
  void whatIsFreelyAddedEndsWithinTheCapOfTheSetThatResults(
      @ForAll("parts") List<Part> parts, @ForAll @IntRange(max = 33) int cap) {
    List<Part> free = free(parts);
    ValidatorSet before = present(free);
    Assume.that(before.totalStake() > 12); // below, whole units are too coarse
    ValidatorSet after = edge(before, free, cap);
    for (int i = 0; i < free.size(); i++) {
      assertThat(votes(i, after) > votes(i, before) && isAboveCap(votes(i, after), after, cap))
          .as("%s of %s to %s", i, before, after)
          .isFalse();
    }
  }

  @Property(tries = 2000)
  void everyWantedChangeIsReachedAfterFinitelyManyEdges(
      @ForAll("parts") List<Part> parts, @ForAll @IntRange(max = 33) int cap) {
    ValidatorSet set = present(parts);
    Assume.that(set.size() > 0);
    Assume.that(parts.stream().anyMatch(each -> wanted(each) > 0));
    ValidatorSet before;
    int edges = 0;
    do {
      before = set;
      set = edge(before, parts, cap);
      edges++;
    } while (!set.equals(before) && edges < MOST_EDGES);
    assertThat(edges).isLessThan(MOST_EDGES);
    for (int i = 0; i < parts.size(); i++) {
      long wanted = wanted(parts.get(i));
      long votes = votes(i, set);
      assertThat(votes).isLessThanOrEqualTo(wanted);
      if (votes < wanted) {
        assertThat(isAboveCap(votes + 1, set, cap)).as("%s of %s", i, set).isTrue();
      }
      if (votes > 0) {
        assertThat(key(i, set)).isEqualTo(wanted(i, parts.get(i)).key());
      }
    }
  }

  @Property(tries = 1000)
  void whatIsSharedGoesInProportionButForAUnitEach(
      @ForAll("amounts") List<Long> amounts, @ForAll @IntRange(max = 1000) int thousandth) {
    long[] wanted = amounts.stream().mapToLong(Long::longValue).toArray();
    long sum = LongStream.of(wanted).sum();
    long amount = sum / 1000 * thousandth;
    long[] shares = EdgeShares.of(wanted, amount);
    assertThat(LongStream.of(shares).sum()).isEqualTo(amount);
    for (int i = 0; i < wanted.length; i++) {
      double exact = sum == 0 ? 0 : (double) wanted[i] * amount / sum;
      assertThat((double) shares[i]).isBetween(exact - wanted.length, exact + wanted.length);
      assertThat(shares[i]).isBetween(0L, wanted[i]);
    }
  }

  /** Told again here, so that the rule is not its own judge. */
  private static boolean isAboveCap(long units, ValidatorSet of, int cap) {
    long count = of.size();
    double percent = Math.max(cap == 0 ? 33 : cap, Math.ceil(100.0 / count));
    double most = of.totalStake() * percent / 100;
    boolean isRoundedUp = units < most + 1 && 3 * units < of.totalStake();
    return count >= 4 && units > most && !isRoundedUp;
  }

  private static ValidatorSet edge(ValidatorSet before, List<Part> parts, int cap) {
    List<Wanted> wanted =
        IntStream.range(0, parts.size()).mapToObj(i -> wanted(i, parts.get(i))).toList();
    List<String> waiting =
        IntStream.range(0, parts.size())
            .filter(i -> parts.get(i).hasNewKey())
            .mapToObj(EdgeProperties::name)
            .toList();
    return NextSet.of(before, wanted, waiting, new StakePolicy(cap, Play.RULES));
  }

  private static Wanted wanted(int i, Part part) {
    Bytes key = Play.key(part.hasNewKey() ? 100 + i : i);
    return new Wanted(name(i), key, wanted(part), part.bar());
  }

  private static long wanted(Part part) {
    return part.bar() == Bar.NONE ? part.wanted() : 0;
  }

  private static List<Part> free(List<Part> parts) {
    return parts.stream()
        .map(each -> new Part(each.votes(), each.wanted(), Bar.NONE, false))
        .toList();
  }

  private static ValidatorSet present(List<Part> parts) {
    List<Validator> validators = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).votes() > 0) {
        validators.add(
            new Validator(validators.size(), name(i), Play.key(i), parts.get(i).votes()));
      }
    }
    return new ValidatorSet(validators);
  }

  private static String name(int i) {
    return "h" + i;
  }

  private static long votes(int i, ValidatorSet set) {
    return NextSet.votesOf(name(i), set);
  }

  private static Bytes key(int i, ValidatorSet set) {
    return NextSet.find(name(i), set).orElseThrow().key();
  }

  private static boolean hasTurned(int i, ValidatorSet before, ValidatorSet after) {
    return votes(i, before) > 0 && votes(i, after) > 0 && !key(i, before).equals(key(i, after));
  }

  @Provide
  Arbitrary<List<Part>> parts() {
    Arbitrary<Long> units =
        Arbitraries.oneOf(
            Arbitraries.just(0L),
            Arbitraries.longs().between(0, 5),
            Arbitraries.longs().between(0, 200),
            Arbitraries.longs().between(0, 1L << 45));
    return Combinators.combine(
            units,
            units,
            Arbitraries.of(Bar.NONE, Bar.NONE, Bar.NONE, Bar.OFFENCE, Bar.JAIL_OR_REMOVAL),
            Arbitraries.of(false, false, true))
        .as(Part::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<Long>> amounts() {
    return Arbitraries.longs().between(0, 1L << 40).list().ofMinSize(1).ofMaxSize(12);
  }
}
