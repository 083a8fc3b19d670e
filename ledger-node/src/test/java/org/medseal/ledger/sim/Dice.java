package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.medseal.ledger.sim.Scenario.Cast;
import org.medseal.ledger.sim.Scenario.Crashes;
import org.medseal.ledger.sim.Scenario.Links;
import org.medseal.ledger.sim.Scenario.Load;

/** Draws a scenario. Half of all clusters are of four, the smallest in which anyone may lie. */
final class Dice {
  private static final List<Lie> LIES =
      Arrays.stream(Lie.values()).filter(each -> !each.isOfSnapshots()).toList();

  private static final List<Lie> SNAPSHOT_LIES =
      Arrays.stream(Lie.values()).filter(Lie::isOfSnapshots).toList();

  private static final int JOINS_EVERY = 32;

  private static final int SETS_TRIED = 60;

  private final long seed;
  private final Random random;

  Dice(long seed) {
    this.seed = seed;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 17);
  }

  Scenario scenario() {
    if (seed % JOINS_EVERY == JOINS_EVERY - 1) {
      return joining();
    }
    switch (random.nextInt(8)) {
      case 0 -> {
        return lockStorm();
      }
      case 1, 2 -> {
        return intrigue();
      }
      case 3 -> {
        return fraud();
      }
      default -> {
        return anything();
      }
    }
  }

  private Scenario anything() {
    Cast cast = random.nextInt(20) == 0 ? withGiant() : cast();
    int changes = oneOf(0, 0, 2, 4);
    int transactions = 10 + random.nextInt(20);
    return new Scenario(
        seed,
        cast,
        new Links(
            oneOf(0, 0, 2, 10, 25),
            oneOf(0, 0, 30, 60),
            oneOf(0, 2, 10),
            oneOf(0, 5, 20, 40),
            oneOf(0, 0, 3, 8),
            oneOf(0, 0, 4, 8),
            oneOf(0, 0, 0, 40)),
        new Crashes(oneOf(0, 0, 1, 3), 40),
        new Load(transactions, changes, 8_000, 3_000));
  }

  /** Four equals, rounds that end in locks here and none there, and a liar that feeds both. */
  private Scenario lockStorm() {
    Map<Integer, Set<Lie>> liars = new HashMap<>();
    if (random.nextInt(4) > 0) {
      Set<Lie> lies = EnumSet.of(Lie.EQUIVOCATE_VOTES);
      lies.add(oneOf(Lie.DELAYED_VOTES, Lie.FALSE_VALID_ROUND, Lie.EQUIVOCATE_PROPOSALS));
      liars.put(random.nextInt(4), lies);
    }
    return new Scenario(
        seed,
        new Cast(List.of(30L, 30L, 30L, 30L), liars, -1),
        new Links(5, 40 + random.nextInt(40), 2, 20, 2, 10, 0),
        new Crashes(oneOf(0, 1), 10),
        new Load(16, 0, 8_000, 1_000));
  }

  /** Few enough to be ruled: who hears what is chosen round by round, a liar plays along. */
  private Scenario intrigue() {
    int size = oneOf(3, 4, 4, 4, 6);
    Map<Integer, Set<Lie>> liars = new HashMap<>();
    if (size > 3 && random.nextInt(3) > 0) {
      Set<Lie> lies = EnumSet.of(Lie.SUPPORT);
      lies.add(oneOf(Lie.FALSE_VALID_ROUND, Lie.EQUIVOCATE_VOTES, Lie.EQUIVOCATE_PROPOSALS));
      liars.put(random.nextInt(size), lies);
    }
    return new Scenario(
        seed,
        new Cast(Collections.nCopies(size, 30L), liars, -1),
        new Links(oneOf(0, 2), 0, 2, 2, 0, 0, 60 + random.nextInt(40)),
        Crashes.NONE,
        new Load(16, 0, 8_000, 100));
  }

  /** One or two lose their disk and join by a snapshot, among some that give no true one. */
  Scenario joining() {
    int size = oneOf(4, 4, 4, 7);
    Map<Integer, Set<Lie>> liars = new HashMap<>();
    for (int i = 0; i < (size - 1) / 3; i++) {
      Set<Lie> lies = EnumSet.of(SNAPSHOT_LIES.get(random.nextInt(SNAPSHOT_LIES.size())));
      lies.add(SNAPSHOT_LIES.get(random.nextInt(SNAPSHOT_LIES.size())));
      liars.put(size - 1 - i, lies);
    }
    boolean calm = random.nextBoolean(); // enough blocks that some lie far below the snapshot
    Links stormy =
        new Links(oneOf(2, 5), 0, oneOf(0, 5), oneOf(0, 5, 15), oneOf(0, 2), oneOf(0, 2), 0);
    return new Scenario(
        seed,
        new Cast(Collections.nCopies(size, 30L), liars, -1),
        calm ? Links.CALM : stormy,
        calm ? new Crashes(2, 0) : new Crashes(oneOf(1, 2), 12),
        new Load(260 + random.nextInt(80), 0, 10_000, 1_000, oneOf(1, 2)));
  }

  /** Nothing goes wrong but the blocks of some, in many heights. */
  private Scenario fraud() {
    int size = oneOf(4, 4, 7);
    Map<Integer, Set<Lie>> liars = new HashMap<>(Map.of(random.nextInt(2), fraudulent()));
    if (size == 7) {
      liars.put(2 + random.nextInt(5), fraudulent());
    }
    return new Scenario(
        seed,
        new Cast(Collections.nCopies(size, 30L), liars, -1),
        Links.CALM,
        Crashes.NONE,
        new Load(20, 0, 6_000, 100));
  }

  private Set<Lie> fraudulent() {
    return EnumSet.of(Lie.INVALID_BLOCKS, oneOf(Lie.INVALID_BLOCKS, Lie.EQUIVOCATE_VOTES));
  }

  /** One validator holds more than a third and is away: nothing may be decided without it. */
  private Cast withGiant() {
    int others = 1 + random.nextInt(9);
    List<Long> stakes = new ArrayList<>(Collections.nCopies(others, 10L));
    int giant = random.nextInt(others + 1);
    stakes.add(giant, 10L * others);
    return new Cast(stakes, Map.of(), giant);
  }

  private Cast cast() {
    int size = random.nextBoolean() ? 4 : 1 + random.nextInt(10);
    boolean equal = random.nextInt(5) < 2;
    List<Long> stakes =
        IntStream.range(0, size).mapToObj(i -> equal ? 30L : 20L + random.nextInt(15)).toList();
    Map<Integer, Set<Lie>> liars = new HashMap<>();
    if (random.nextInt(4) > 0) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
      Collections.shuffle(order, random);
      for (int each : order) {
        Map<Integer, Set<Lie>> more = new HashMap<>(liars);
        more.put(each, lies());
        if (isUnderAThird(new Cast(stakes, more, -1))) {
          liars = more;
        }
      }
    }
    return new Cast(stakes, liars, -1);
  }

  private Set<Lie> lies() {
    Lie first = random.nextInt(6) == 0 ? Lie.INVALID_BLOCKS : LIES.get(random.nextInt(LIES.size()));
    Set<Lie> lies = EnumSet.of(first);
    while (first != Lie.SILENT && random.nextInt(5) < 2) {
      Lie more = LIES.get(random.nextInt(LIES.size()));
      if (more != Lie.SILENT) {
        lies.add(more);
      }
    }
    return lies;
  }

  /** In every set that changes may lead to. */
  private static boolean isUnderAThird(Cast cast) {
    for (long height = 0; height < SETS_TRIED; height++) {
      List<Long> stakes = SimApplication.stakes(cast.stakes(), height);
      long total = stakes.stream().mapToLong(Long::longValue).sum();
      if (3 * cast.liarStake(stakes) >= total) {
        return false;
      }
    }
    return true;
  }

  private Lie oneOf(Lie... values) {
    return values[random.nextInt(values.length)];
  }

  private int oneOf(int... values) {
    return Arrays.stream(values).skip(random.nextInt(values.length)).findFirst().orElseThrow();
  }
}
