package org.medseal.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.medseal.ledger.node.LedgerVerification;
import org.medseal.ledger.node.VerificationReport;

/**
 * Four hospitals' ledger nodes as processes in network namespaces, under load all the time:
 * partitions 3-1 and 2-2, a frozen process, then one after the other killed with SIGKILL. Exit 0
 * only if every step held and the history is clean. Needs root and Linux. Arguments: folder,
 * seconds of killing, transactions a second.
 */
public final class FaultRun {
  private static final long KILL_EVERY_MS = 2_000;
  private static final long PARTITION_MS = 15_000;
  private static final long IN_FLIGHT_MS = 3_000;
  private static final long PATIENCE_MS = 90_000;
  private static final int FULL_DISK = 3;
  private static final int SMALL_DISK_MEGABYTES = 512;

  private final FaultHospitals hospitals;
  private final History history = new History(FaultHospitals.SIZE);
  private final Switchboard switchboard;
  private final List<FaultNode> nodes = new ArrayList<>();

  private FaultRun(Path root) throws IOException, InterruptedException {
    hospitals = new FaultHospitals(root);
    switchboard = new Switchboard(FaultHospitals.SIZE);
    for (int i = 0; i < FaultHospitals.SIZE; i++) {
      nodes.add(new FaultNode(i, hospitals.home(i), switchboard.inside(i), history));
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
    Load load = new Load(hospitals, nodes, history, perSecond);
    try {
      await("first blocks", () -> history.tip() >= 3);
      threeAgainstOne();
      twoAgainstTwo();
      frozen();
      fullDisk();
      setBack();
      wiped();
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
    Thread.sleep(IN_FLIGHT_MS);
    long alone = history.tip(0);
    long others = history.tip(1);
    Thread.sleep(PARTITION_MS);
    expect("3-1: the one alone commits nothing", history.tip(0) == alone);
    expect("3-1: the three go on", history.tip(1) > others);
    say("3-1: %d blocks in %d s", history.tip(1) - others, PARTITION_MS / 1000);
    switchboard.heal();
    await("3-1 healed, all level again", this::isNearlyLevel);
  }

  private void twoAgainstTwo() throws IOException, InterruptedException {
    switchboard.split(Set.of(0, 1));
    Thread.sleep(IN_FLIGHT_MS);
    long halted = history.tip();
    Thread.sleep(PARTITION_MS);
    expect("2-2: nobody commits", history.tip() == halted);
    switchboard.heal();
    await("2-2 healed, commits again", () -> history.tip() > halted + 2);
    await("2-2 healed, all level again", this::isNearlyLevel);
  }

  private void frozen() throws IOException, InterruptedException {
    nodes.get(2).freeze();
    Thread.sleep(IN_FLIGHT_MS);
    long before = history.tip();
    Thread.sleep(PARTITION_MS / 2);
    expect("one frozen: the others go on", history.tip() > before);
    nodes.get(2).thaw();
    await("thawed, all level again", this::isNearlyLevel);
  }

  private void fullDisk() throws IOException, InterruptedException {
    FaultNode node = nodes.get(FULL_DISK);
    Path filler = DiskFaults.fill(hospitals.home(FULL_DISK));
    await("a full disk stops its node", node::hasDied);
    long before = history.tip();
    Thread.sleep(IN_FLIGHT_MS);
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

  private void killing(int seconds) throws IOException, InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long first = history.tip();
    int kills = 0;
    while (System.nanoTime() < end) {
      FaultNode victim = nodes.get(kills++ % nodes.size());
      victim.kill();
      victim.start();
      Thread.sleep(KILL_EVERY_MS);
      for (int i = 0; i < nodes.size(); i++) {
        if (nodes.get(i).hasDied()) {
          history.violated("node " + i + " ended by itself");
          nodes.get(i).start();
        }
      }
    }
    say("%d kills in %d s, %d blocks meanwhile", kills, seconds, history.tip() - first);
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
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE_MS * 1_000_000L) {
        expect(what, false);
        return;
      }
      Thread.sleep(20);
    }
    say("held: %s (after %.1f s)", what, (System.nanoTime() - start) / 1e9);
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
