package org.medseal.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.medseal.bench.Lasting;
import org.medseal.consortium.ConsortiumPlan;
import org.medseal.ledger.node.LedgerVerification;
import org.medseal.ledger.node.VerificationReport;

/**
 * Four hospitals' ledger nodes as processes in network namespaces, under load all the time:
 * partitions 3-1 and 2-2, a frozen process, disks that are full, old or empty, a stranger's flood,
 * then one node after the other, any of them, killed with SIGKILL. Exit 0 only if every step held
 * and the history is clean. Needs root and Linux. Arguments: folder, seconds of killing,
 * transactions a second.
 */
public final class FaultRun {
  private static final Lasting BETWEEN_KILLS = Lasting.seconds(2);
  private static final Lasting PARTITION = Lasting.seconds(15);
  private static final Lasting FREEZE = Lasting.seconds(7);

  /** What was on its way when a fault began has come through by then. */
  private static final Lasting IN_FLIGHT = Lasting.seconds(3);

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LONGEST_FLOOD_SECONDS = 15;
  private static final int FULL_DISK = 3;
  private static final int FLOODED = 1;
  private static final int SMALL_DISK_MEGABYTES = 512;

  private final FaultHospitals hospitals;
  private final History history = new History(FaultHospitals.SIZE);
  private final Recovery recovery = new Recovery(ConsortiumPlan.stakes(FaultHospitals.SIZE));
  private final Signal signal = new Signal();
  private final FaultNode.Witnesses witnesses = new FaultNode.Witnesses(history, recovery, signal);
  private final Random random = new Random(11);
  private final Switchboard switchboard;
  private final List<FaultNode> nodes = new ArrayList<>();

  private FaultRun(Path root) throws IOException, InterruptedException {
    hospitals = new FaultHospitals(root);
    switchboard = new Switchboard(FaultHospitals.SIZE);
    for (int i = 0; i < FaultHospitals.SIZE; i++) {
      nodes.add(new FaultNode(i, hospitals.home(i), switchboard.inside(i), witnesses));
    }
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path parent = Path.of(arguments.length > 0 ? arguments[0] : "bench/target").toAbsolutePath();
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 300;
    int perSecond = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100;
    Files.createDirectories(parent);
    Path root = Files.createTempDirectory(parent, "faults-");
    FaultRun run = new FaultRun(root);
    boolean held = false;
    try {
      held = run.run(seconds, perSecond);
    } finally {
      run.end();
    }
    System.exit(held ? 0 : 1);
  }

  private boolean run(int killingSeconds, int perSecond) throws IOException, InterruptedException {
    DiskFaults.mountSmall(hospitals.home(FULL_DISK), SMALL_DISK_MEGABYTES);
    for (FaultNode each : nodes) {
      each.start();
    }
    await("all nodes up", () -> nodes.stream().allMatch(FaultNode::isUp));
    Load load = new Load(hospitals, nodes, witnesses, perSecond);
    try {
      await("first blocks", () -> history.tip() >= 3);
      threeAgainstOne();
      twoAgainstTwo();
      frozen();
      fullDisk();
      setBack();
      wiped();
      flooded(Math.min(killingSeconds / 3, LONGEST_FLOOD_SECONDS));
      killing(killingSeconds);
      load.pause();
      await("everything sent is committed", () -> load.waiting() == 0);
      await("all nodes at one height", this::isLevel);
      say(
          "%d transactions sent, %d committed in %d blocks",
          load.sent(), history.transactions(), history.tip());
    } finally {
      load.end();
    }
    for (FaultNode each : nodes) {
      each.stop();
    }
    verify();
    List<String> violations = history.violations();
    violations.stream().distinct().limit(20).forEach(each -> say("VIOLATION %s", each));
    say("history %s", violations.isEmpty() ? "clean" : "NOT CLEAN");
    return violations.isEmpty();
  }

  private void threeAgainstOne() throws IOException, InterruptedException {
    switchboard.split(Set.of(0));
    IN_FLIGHT.pass();
    long alone = history.tip(0);
    long others = history.tip(1);
    PARTITION.pass();
    expect("3-1: the one alone commits nothing", history.tip(0) == alone);
    expect("3-1: the three go on", history.tip(1) > others);
    say("3-1: %d blocks in %d s", history.tip(1) - others, PARTITION.time().toSeconds());
    switchboard.heal();
    await("3-1 healed, all level again", this::isNearlyLevel);
  }

  private void twoAgainstTwo() throws IOException, InterruptedException {
    switchboard.split(Set.of(0, 1));
    IN_FLIGHT.pass();
    long halted = history.tip();
    PARTITION.pass();
    expect("2-2: nobody commits", history.tip() == halted);
    switchboard.heal();
    await("2-2 healed, commits again", () -> history.tip() > halted + 2);
    await("2-2 healed, all level again", this::isNearlyLevel);
  }

  private void frozen() throws IOException, InterruptedException {
    nodes.get(2).freeze();
    IN_FLIGHT.pass();
    long before = history.tip();
    FREEZE.pass();
    expect("one frozen: the others go on", history.tip() > before);
    nodes.get(2).thaw();
    await("thawed, all level again", this::isNearlyLevel);
  }

  private void fullDisk() throws IOException, InterruptedException {
    FaultNode node = nodes.get(FULL_DISK);
    Path filler = DiskFaults.fill(hospitals.home(FULL_DISK));
    await("a full disk stops its node", node::hasDied);
    long before = history.tip();
    IN_FLIGHT.pass();
    expect("one full disk: the others go on", history.tip() > before);
    Files.delete(filler);
    node.start();
    await("space again, all level again", this::isNearlyLevel);
  }

  /** As a restored backup or a machine's snapshot: what was signed since is forgotten. */
  private void setBack() throws IOException, InterruptedException {
    Path snapshot = DiskFaults.snapshot(hospitals.home(1));
    long then = history.tip();
    await("some blocks after the snapshot", () -> history.tip() > then + 10);
    nodes.get(1).kill();
    DiskFaults.setBack(hospitals.home(1), snapshot);
    nodes.get(1).start();
    silence("set back to a snapshot", 1);
  }

  private void wiped() throws IOException, InterruptedException {
    nodes.get(2).kill();
    DiskFaults.wipe(hospitals.home(2));
    history.forgetTip(2);
    nodes.get(2).start();
    silence("wiped", 2);
  }

  /**
   * It notices that it has signed what it no longer knows of, and for some blocks signs nothing.
   */
  private void silence(String what, int node) throws InterruptedException {
    Path mark = DiskFaults.ledger(hospitals.home(node)).resolve("silent");
    await(what + ", it falls silent", () -> Files.exists(mark));
    await(what + ", it signs again", () -> !Files.exists(mark));
    await(what + ", all level again", this::isNearlyLevel);
  }

  /** Somebody who is no member takes every connection of a node he can get. */
  private void flooded(int seconds) throws IOException, InterruptedException {
    try (Flood flood = Flood.on(Switchboard.address(FLOODED), switchboard.inside(FLOODED - 1))) {
      long before = history.tip(FLOODED);
      Lasting.seconds(seconds).pass();
      boolean goesOn = history.tip(FLOODED) > before && nodes.get(FLOODED).isUp();
      expect("flooded with " + flood.end() + " connections, the node goes on", goesOn);
    }
    await("flooded, all level again", this::isNearlyLevel);
  }

  private void killing(int seconds) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    long first = history.tip();
    int before = history.transactions();
    int kills = 0;
    recovery.begin(start);
    while (System.nanoTime() < end) {
      FaultNode victim = nodes.get(random.nextInt(nodes.size()));
      kills++;
      victim.kill();
      victim.start();
      BETWEEN_KILLS.pass();
      for (int i = 0; i < nodes.size(); i++) {
        if (nodes.get(i).hasDied()) {
          history.violated("node " + i + " ended by itself");
          nodes.get(i).start();
        }
      }
    }
    double took = (System.nanoTime() - start) / 1e9;
    int committed = history.transactions() - before;
    say(
        "%d kills in %.0f s: %d blocks and %d transactions committed meanwhile, %.0f/s",
        kills, took, history.tip() - first, committed, committed / took);
    say("%s", recovery.end(System.nanoTime()));
    expect("committed while being killed", history.tip() > first);
    await("all up after the last kill", () -> nodes.stream().allMatch(FaultNode::isUp));
  }

  private boolean isLevel() {
    return spread() == 0;
  }

  /** Under load a node may be a few blocks behind at any moment. */
  private boolean isNearlyLevel() {
    return spread() <= 5;
  }

  private long spread() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < nodes.size(); i++) {
      least = Math.min(least, history.tip(i));
    }
    return history.tip() - least;
  }

  private void verify() {
    for (int i = 0; i < nodes.size(); i++) {
      VerificationReport report = LedgerVerification.verify(hospitals.home(i), hospitals.genesis());
      report.difference().ifPresent(history::violated);
      expect("copy " + (i + 1) + " replays from genesis", report.holds());
      expect(
          "copy " + (i + 1) + " holds every transaction",
          report.transactions() == history.transactions() && report.height() == history.tip());
    }
  }

  private void expect(String what, boolean held) {
    say("%s: %s", held ? "held" : "FAILED", what);
    if (!held) {
      history.violated(what);
    }
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    if (signal.await(condition, PATIENCE)) {
      say("held: %s (after %.1f s)", what, (System.nanoTime() - start) / 1e9);
    } else {
      expect(what, false);
    }
  }

  private static void say(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format + "%n", arguments);
  }

  private void end() throws InterruptedException {
    for (FaultNode each : nodes) {
      if (each.starts() > 0) {
        each.kill();
      }
    }
    switchboard.close();
    try {
      DiskFaults.unmount(hospitals.home(FULL_DISK));
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
  }
}
