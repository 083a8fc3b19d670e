package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything that can go wrong in a run, and the seed that says when. Its text is what a failure
 * prints and what replays it.
 */
record Scenario(long seed, Cast cast, Links links, Crashes crashes, Load load) {
  /**
   * Who plays.
   *
   * @param liars what each Byzantine validator does, under a third of stake together
   * @param away validator that is off until healing, or -1
   */
  record Cast(List<Long> stakes, Map<Integer, Set<Lie>> liars, int away) {
    Cast {
      stakes = List.copyOf(stakes);
      Map<Integer, Set<Lie>> sorted = new TreeMap<>();
      liars.forEach((liar, lies) -> sorted.put(liar, Collections.unmodifiableSet(tree(lies))));
      liars = Collections.unmodifiableMap(sorted);
    }

    private static Set<Lie> tree(Set<Lie> lies) {
      return new TreeSet<>(lies);
    }

    boolean isHonest(int validator) {
      return !liars.containsKey(validator);
    }

    boolean tells(int validator, Lie lie) {
      return liars.getOrDefault(validator, Set.of()).contains(lie);
    }

    long liarStake(List<Long> ofStakes) {
      return liars.keySet().stream().mapToLong(ofStakes::get).sum();
    }
  }

  /**
   * The network until healing.
   *
   * @param deafPercent chance that a node does not hear one proposal or vote, from whomever, for up
   *     to one and a half seconds: some lock and others do not
   * @param latePercent messages delayed by up to one and a half seconds
   * @param cuts how often the network may be parted, in one or both directions
   * @param hidings how often a node that has just decided is unheard for a while
   * @param plots percent of rounds in which an adversary chooses who hears what in time
   */
  record Links(
      int lossPercent,
      int deafPercent,
      int repeatPercent,
      int latePercent,
      int cuts,
      int hidings,
      int plots) {
    static final Links CALM = new Links(0, 0, 0, 0, 0, 0, 0);
  }

  /** Chance of dying at each write, sync, send and commit, and how often at most in all. */
  record Crashes(int perMille, int most) {
    static final Crashes NONE = new Crashes(0, 0);
  }

  /**
   * @param setChanges how many of the transactions change the validator set
   * @param skewMs clocks are off by up to this much
   * @param joins how many validators, one after the other, lose their disk and join by a snapshot;
   *     with any, all run the ledger's own rules with real signatures, and no set changes
   */
  record Load(int transactions, int setChanges, long faultsMs, int skewMs, int joins) {
    static final Load USUAL = new Load(12, 2, 8_000, 3_000);

    Load(int transactions, int setChanges, long faultsMs, int skewMs) {
      this(transactions, setChanges, faultsMs, skewMs, 0);
    }
  }

  static Scenario honest(long seed, Long... stakes) {
    Cast cast = new Cast(Arrays.asList(stakes), Map.of(), -1);
    return new Scenario(seed, cast, Links.CALM, Crashes.NONE, Load.USUAL);
  }

  /** Different every time, the same for the same seed. */
  static Scenario ofSeed(long seed) {
    return new Dice(seed).scenario();
  }

  /** One in which somebody joins by a snapshot. */
  static Scenario joiningOfSeed(long seed) {
    return new Dice(seed).joining();
  }

  Scenario with(Cast changed) {
    return new Scenario(seed, changed, links, crashes, load);
  }

  Scenario with(Links changed) {
    return new Scenario(seed, cast, changed, crashes, load);
  }

  Scenario with(Crashes changed) {
    return new Scenario(seed, cast, links, changed, load);
  }

  Scenario with(Load changed) {
    return new Scenario(seed, cast, links, crashes, changed);
  }

  @Override
  public String toString() {
    String stakes = cast.stakes().stream().map(String::valueOf).collect(Collectors.joining(","));
    String liars =
        cast.liars().entrySet().stream()
            .map(each -> each.getKey() + ":" + lies(each.getValue()))
            .collect(Collectors.joining(","));
    return String.format(
        "seed=%d stakes=%s liars=%s away=%d loss=%d deaf=%d repeat=%d late=%d cuts=%d hidings=%d plots=%d"
            + " crash=%d crashes=%d tx=%d changes=%d ms=%d skew=%d joins=%d",
        seed,
        stakes,
        liars,
        cast.away(),
        links.lossPercent(),
        links.deafPercent(),
        links.repeatPercent(),
        links.latePercent(),
        links.cuts(),
        links.hidings(),
        links.plots(),
        crashes.perMille(),
        crashes.most(),
        load.transactions(),
        load.setChanges(),
        load.faultsMs(),
        load.skewMs(),
        load.joins());
  }

  private static String lies(Set<Lie> lies) {
    return lies.stream().map(Lie::name).collect(Collectors.joining("+"));
  }

  /** What {@link #toString} wrote. */
  static Scenario parse(String text) {
    Map<String, String> values = new TreeMap<>();
    for (String part : text.trim().split("\\s+", -1)) {
      int equals = part.indexOf('=');
      values.put(part.substring(0, equals), part.substring(equals + 1));
    }
    Map<Integer, Set<Lie>> liars = new TreeMap<>();
    for (String each : list(values.get("liars"))) {
      String[] parts = each.split(":", -1);
      Set<Lie> lies =
          Arrays.stream(parts[1].split("\\+")).map(Lie::valueOf).collect(Collectors.toSet());
      liars.put(Integer.valueOf(parts[0]), lies);
    }
    Numbers in = new Numbers(values);
    return new Scenario(
        Long.parseLong(values.get("seed")),
        new Cast(
            list(values.get("stakes")).stream().map(Long::valueOf).toList(), liars, in.of("away")),
        new Links(
            in.of("loss"),
            in.of("deaf"),
            in.of("repeat"),
            in.of("late"),
            in.of("cuts"),
            in.of("hidings"),
            in.of("plots")),
        new Crashes(in.of("crash"), in.of("crashes")),
        new Load(in.of("tx"), in.of("changes"), in.of("ms"), in.of("skew"), in.of("joins")));
  }

  private record Numbers(Map<String, String> values) {
    int of(String key) {
      return Integer.parseInt(values.getOrDefault(key, "0"));
    }
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? new ArrayList<>() : Arrays.asList(text.split(","));
  }
}
