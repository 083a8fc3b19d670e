package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.medseal.ledger.sim.Scenario.Cast;
import org.medseal.ledger.sim.Scenario.Crashes;
import org.medseal.ledger.sim.Scenario.Links;
import org.medseal.ledger.sim.Scenario.Load;

/**
 * Takes faults, liars, lies, nodes, transactions and time away from a failing scenario for as long
 * as it still fails. Chance runs on differently without them, so each loss is tried with some other
 * seeds too.
 */
final class Shrinker {
  private static final int SEEDS_TRIED = 12;

  private final Predicate<Scenario> fails;
  private final Consumer<String> out;

  Shrinker(Predicate<Scenario> fails, Consumer<String> out) {
    this.fails = fails;
    this.out = out;
  }

  Scenario shrink(Scenario scenario) {
    Scenario least = scenario;
    for (Optional<Scenario> next = step(least); next.isPresent(); next = step(least)) {
      least = next.get();
      out.accept("still fails: " + least);
    }
    return least;
  }

  private Optional<Scenario> step(Scenario from) {
    for (Scenario each : lesser(from)) {
      for (int i = 0; i < SEEDS_TRIED; i++) {
        Scenario tried =
            new Scenario(from.seed() + i, each.cast(), each.links(), each.crashes(), each.load());
        if (fails.test(tried)) {
          return Optional.of(tried);
        }
      }
    }
    return Optional.empty();
  }

  /** Each a little less than this one, the greatest losses first. */
  static List<Scenario> lesser(Scenario from) {
    List<Scenario> lesser = new ArrayList<>();
    addCasts(from, lesser);
    addCrashes(from, lesser);
    addLinks(from, lesser);
    addLoads(from, lesser);
    lesser.removeIf(from::equals);
    return lesser;
  }

  private static void addCasts(Scenario from, List<Scenario> lesser) {
    Cast cast = from.cast();
    int size = cast.stakes().size();
    if (size > 1 && !cast.liars().containsKey(size - 1) && cast.away() != size - 1) {
      List<Long> fewer = cast.stakes().subList(0, size - 1);
      Cast smaller = new Cast(fewer, cast.liars(), cast.away());
      if (3 * smaller.liarStake(fewer) < fewer.stream().mapToLong(Long::longValue).sum()) {
        lesser.add(from.with(smaller));
      }
    }
    for (Map.Entry<Integer, Set<Lie>> liar : cast.liars().entrySet()) {
      Map<Integer, Set<Lie>> fewer = new TreeMap<>(cast.liars());
      fewer.remove(liar.getKey());
      lesser.add(from.with(new Cast(cast.stakes(), fewer, cast.away())));
      for (Lie lie : liar.getValue()) {
        Set<Lie> lies = new HashSet<>(liar.getValue());
        lies.remove(lie);
        if (!lies.isEmpty()) {
          Map<Integer, Set<Lie>> tamer = new TreeMap<>(cast.liars());
          tamer.put(liar.getKey(), lies);
          lesser.add(from.with(new Cast(cast.stakes(), tamer, cast.away())));
        }
      }
    }
    if (cast.away() < 0) {
      lesser.add(from.with(new Cast(Collections.nCopies(size, 30L), cast.liars(), -1)));
    }
  }

  private static void addCrashes(Scenario from, List<Scenario> lesser) {
    int most = from.crashes().perMille() == 0 ? 0 : from.crashes().most();
    lesser.add(from.with(Crashes.NONE));
    for (int fewer : new int[] {1, most / 2, most - 1}) {
      if (fewer > 0 && fewer < most) {
        lesser.add(from.with(new Crashes(from.crashes().perMille(), fewer)));
      }
    }
  }

  private static void addLinks(Scenario from, List<Scenario> lesser) {
    Links l = from.links();
    int[] all = {
      l.lossPercent(),
      l.deafPercent(),
      l.repeatPercent(),
      l.latePercent(),
      l.cuts(),
      l.hidings(),
      l.plots()
    };
    lesser.add(from.with(Links.CALM));
    for (int i = 0; i < all.length; i++) {
      for (int less : new int[] {0, all[i] - 1}) {
        if (less >= 0 && (less == 0 || i >= 4)) {
          int[] n = all.clone();
          n[i] = less;
          lesser.add(from.with(new Links(n[0], n[1], n[2], n[3], n[4], n[5], n[6])));
        }
      }
    }
  }

  private static void addLoads(Scenario from, List<Scenario> lesser) {
    Load l = from.load();
    for (int transactions : new int[] {1, l.transactions() / 2, l.transactions() - 1}) {
      if (transactions > 0 && transactions < l.transactions()) {
        int changes = Math.min(transactions, l.setChanges());
        lesser.add(from.with(new Load(transactions, changes, l.faultsMs(), l.skewMs(), l.joins())));
      }
    }
    for (int changes : new int[] {0, l.setChanges() - 1}) {
      if (changes >= 0) {
        lesser.add(
            from.with(new Load(l.transactions(), changes, l.faultsMs(), l.skewMs(), l.joins())));
      }
    }
    lesser.add(from.with(new Load(l.transactions(), l.setChanges(), l.faultsMs(), 0, l.joins())));
    if (l.joins() > 1) {
      lesser.add(
          from.with(
              new Load(l.transactions(), l.setChanges(), l.faultsMs(), l.skewMs(), l.joins() - 1)));
    }
    if (l.faultsMs() > 500) {
      long shorter = l.faultsMs() / 2;
      lesser.add(
          from.with(new Load(l.transactions(), l.setChanges(), shorter, l.skewMs(), l.joins())));
    }
  }
}
