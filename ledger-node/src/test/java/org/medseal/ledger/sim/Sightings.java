package org.medseal.ledger.sim;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How often each {@link Sight} was met, in all and in how many runs. From one thread. */
final class Sightings {
  private final Map<Sight, Long> counts = new EnumMap<>(Sight.class);
  private final Map<Sight, Long> runs = new EnumMap<>(Sight.class);
  private final Map<Lie, Long> lies = new EnumMap<>(Lie.class);
  private final Map<Integer, Long> sizes = new TreeMap<>();
  private int highestRound;
  private int mostRoundsAfterHealing;

  void saw(Sight sight) {
    saw(sight, 1);
  }

  void saw(Sight sight, long times) {
    if (times > 0) {
      counts.merge(sight, times, Long::sum);
    }
  }

  void decidedIn(int round) {
    highestRound = Math.max(highestRound, round);
  }

  void neededRounds(int rounds) {
    mostRoundsAfterHealing = Math.max(mostRoundsAfterHealing, rounds);
  }

  long count(Sight sight) {
    return counts.getOrDefault(sight, 0L);
  }

  void played(Scenario scenario) {
    sizes.merge(scenario.cast().stakes().size(), 1L, Long::sum);
    scenario.cast().liars().values().forEach(set -> set.forEach(l -> lies.merge(l, 1L, Long::sum)));
  }

  /** Takes one run's, or another worker's, into these. */
  void add(Sightings other, boolean oneRun) {
    other.counts.forEach((sight, count) -> counts.merge(sight, count, Long::sum));
    if (oneRun) {
      other.counts.keySet().forEach(sight -> runs.merge(sight, 1L, Long::sum));
    } else {
      other.runs.forEach((sight, count) -> runs.merge(sight, count, Long::sum));
    }
    other.lies.forEach((lie, count) -> lies.merge(lie, count, Long::sum));
    other.sizes.forEach((size, count) -> sizes.merge(size, count, Long::sum));
    highestRound = Math.max(highestRound, other.highestRound);
    mostRoundsAfterHealing = Math.max(mostRoundsAfterHealing, other.mostRoundsAfterHealing);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Sight each : Sight.values()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%,14d  in %,8d runs  %s%n",
              count(each),
              runs.getOrDefault(each, 0L),
              each.words()));
    }
    return text.append("highest deciding round ")
        .append(highestRound)
        .append(", most rounds for a height after healing ")
        .append(mostRoundsAfterHealing)
        .append(System.lineSeparator())
        .append("cluster sizes ")
        .append(sizes)
        .append(System.lineSeparator())
        .append("liars ")
        .append(lies)
        .append(System.lineSeparator())
        .toString();
  }
}
