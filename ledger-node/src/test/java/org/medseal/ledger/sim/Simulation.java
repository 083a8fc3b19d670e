package org.medseal.ledger.sim;

import static org.medseal.ledger.sim.Law.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.model.Genesis;

/**
 * A cluster in virtual time, everything from one scenario: first a time of faults, then healing,
 * after which every transaction has to be committed on every correct node. Liars go on lying.
 */
final class Simulation implements SimNode.World {
  private static final long PATIENCE_MS = 120_000;
  private static final int RULES_EVERY = 4;

  private final Scenario scenario;
  private final Genesis genesis;
  private final Law law;
  private final Sightings sightings = new Sightings();
  private final Trace trace;
  private final Schedule schedule = new Schedule();
  private final Network network;
  private final Clients clients;
  private final Joins joins;
  private final Mouths mouths;
  private final Random crashing;
  private final List<SimNode> hosts = new ArrayList<>();
  private int crashesLeft;
  private boolean healed;
  private boolean stepping;

  Simulation(Scenario scenario) {
    this(scenario, Trace.none());
  }

  Simulation(Scenario scenario, Trace trace) {
    this.scenario = scenario;
    this.trace = trace;
    boolean real = scenario.load().joins() > 0;
    List<Long> stakes = scenario.cast().stakes();
    this.genesis = real ? SimGenesis.real(stakes) : SimGenesis.of(stakes);
    Execution execution = real ? Execution.real(genesis) : Execution.simple(genesis);
    this.law = new Law(genesis, scenario.cast(), sightings, execution);
    this.network = new Network(scenario.links(), dice(1), schedule, sightings, trace);
    this.clients = new Clients(scenario.load(), dice(2), schedule);
    this.joins = new Joins(this, genesis, schedule, dice(6));
    this.mouths = new Mouths(this, scenario.cast(), law, network, schedule);
    this.crashing = dice(3);
    this.crashesLeft = scenario.crashes().most();
    sightings.played(scenario);
    sightings.saw(Sight.RULED, isHeldToTheRules() ? 1 : 0);
    populate(dice(4));
  }

  private Random dice(int purpose) {
    return new Random((scenario.seed() * 16 + purpose) * 0x9E3779B97F4A7C15L);
  }

  private void populate(Random random) {
    int size = scenario.cast().stakes().size();
    for (int i = 0; i < size; i++) {
      add(i, random);
    }
    for (int i = 0; i < size; i++) {
      if (scenario.cast().tells(i, Lie.TWINS)) {
        sightings.saw(Sight.TWINS);
        add(i, random);
      }
    }
  }

  private void add(int index, Random random) {
    int skew = scenario.load().skewMs();
    long skewMs = random.nextInt(2 * skew + 1) - (long) skew;
    boolean honest = scenario.cast().isHonest(index);
    int host = hosts.size();
    SimDisk disk = new SimDisk(dice(100 + host));
    SimNode node =
        new SimNode(new SimNode.Identity(host, index, skewMs, honest), this, genesis, disk);
    hosts.add(node);
    if (!isCorrect(node)) {
      mouths.lies(node, dice(200 + host));
    } else if (isHeldToTheRules()) {
      disk.log.readBy(law.watch(node));
    }
  }

  /** Costs a third of a run: those in which somebody plots or cheats, and some of the others. */
  private boolean isHeldToTheRules() {
    boolean frauds =
        scenario.cast().liars().values().stream()
            .anyMatch(each -> each.contains(Lie.INVALID_BLOCKS));
    return scenario.load().joins() == 0
        && (frauds || scenario.links().plots() > 0 || scenario.seed() % RULES_EVERY == 0);
  }

  private boolean isCorrect(SimNode node) {
    return isHonest(node.index);
  }

  boolean isHonest(int validator) {
    return scenario.cast().isHonest(validator);
  }

  Stream<SimNode> correct() {
    return hosts.stream().filter(this::isCorrect);
  }

  ChainLaw chain() {
    return law.chain;
  }

  Sightings sightings() {
    return sightings;
  }

  List<SimNode> nodes() {
    return hosts;
  }

  /** Something else that happens in this run. */
  void plan(long atMs, Runnable action) {
    schedule.plan(atMs, action);
  }

  /** The machine is set back to a snapshot of its disk and runs again. */
  void setBack(SimNode node, Runnable snapshot) {
    trace.tell(nowMs(), "host " + node.host + " is set back");
    node.stop();
    snapshot.run();
    node.audited = 0;
    schedule.plan(1, node, () -> boot(node));
  }

  /** The machine runs again with an empty disk. */
  void wipe(SimNode node) {
    node.oldest = 1;
    setBack(node, node.disk::wipe);
    joins.end(node);
  }

  /** Throws AssertionError, or what an engine threw, when the law is broken. */
  void run() {
    runThroughFaults();
    heal();
    Recovery recovery = new Recovery(law.chain, correct().toList());
    for (long end = nowMs() + PATIENCE_MS; !isDone(); ) {
      require(nowMs() < end && !schedule.isEmpty(), "I7: " + progress());
      steps(nowMs() + 100);
      recovery.look(sightings);
    }
    steps(nowMs() + 3_000);
    require(isDone(), "I7: a node fell back");
    joins.lookAround();
  }

  /** Only the time of faults: the law holds, progress is not asked for. */
  void runThroughFaults() {
    boot();
    clients.start(this::submit);
    joins.plan(scenario.load().joins());
    schedule.plan(500, () -> network.cut(hosts));
    steps(scenario.load().faultsMs());
  }

  /** Nobody submits anything. */
  void runIdle() {
    boot();
    steps(scenario.load().faultsMs());
  }

  private void boot() {
    Random random = dice(5);
    for (SimNode node : hosts) {
      long delayMs = random.nextInt(500);
      if (node.index != scenario.cast().away()) {
        schedule.plan(delayMs, node, () -> boot(node));
      }
      if (scenario.cast().tells(node.index, Lie.AMNESIA)) {
        schedule.plan(1_000 + random.nextInt(1_000), () -> forget(node, random));
      }
    }
  }

  private void heal() {
    if (scenario.cast().away() >= 0 && isNeeded(scenario.cast().away())) {
      require(law.chain.height() == 0, "a third of stake was away, yet something was decided");
      sightings.saw(Sight.HALTS);
    }
    trace.tell(nowMs(), "healed");
    healed = true;
    network.heal();
    hosts.stream()
        .filter(node -> !node.isUp() && node.index == scenario.cast().away())
        .forEach(node -> schedule.plan(1, node, () -> boot(node)));
    sightings.saw(
        Sight.SIGNATURE_REFUSALS, correct().mapToLong(each -> each.disk.signed.refused()).sum());
  }

  private boolean isNeeded(int validator) {
    long total = scenario.cast().stakes().stream().mapToLong(Long::longValue).sum();
    return 3 * (total - scenario.cast().stakes().get(validator)) <= 2 * total;
  }

  private boolean isDone() {
    int all = scenario.load().transactions();
    return isAllCommitted()
        && joins.isDone()
        && clients.acknowledged() == all
        && correct().allMatch(node -> node.disk.application.height >= law.chain.height() - 1)
        && correct().allMatch(node -> node.disk.application.committed.size() >= all);
  }

  boolean isAllCommitted() {
    return law.chain.committed().size() >= scenario.load().transactions();
  }

  private String progress() {
    StringBuilder text = new StringBuilder("no progress after healing");
    for (SimNode node : hosts) {
      text.append("\n  ").append(node.host).append(": ");
      text.append(node.isUp() ? node.engine().status() : "down");
    }
    return text.toString();
  }

  private void steps(long untilMs) {
    for (Optional<Schedule.Due> next = schedule.next(untilMs);
        next.isPresent();
        next = schedule.next(untilMs)) {
      step(next.get());
    }
  }

  private void step(Schedule.Due next) {
    if (next.node().isEmpty()) {
      next.action().run();
    } else if (next.incarnation() == next.node().get().incarnation()) {
      guarded(next.node().get(), next.action());
    }
  }

  private void guarded(SimNode node, Runnable action) {
    sightings.saw(Sight.STEPS);
    long height = law.chain.height();
    stepping = true;
    try {
      action.run();
    } catch (CrashPoints.Crash crash) {
      crashed(node, crash.getMessage());
    } catch (RuntimeException e) {
      if (isCorrect(node)) {
        throw e;
      }
      crashed(node, "a liar's engine: " + e.getMessage());
    } finally {
      stepping = false;
    }
    if (isCorrect(node)) {
      law.audit(node);
      if (law.chain.height() > height) {
        network.hide(node);
      }
    }
  }

  private void crashed(SimNode node, String where) {
    sightings.saw(Sight.CRASHES);
    sightings.saw(Sight.RECOVERY_CRASHES, node.isUp() ? 0 : 1);
    joins.end(node);
    sightings.saw(Sight.LOST_CHANGES, node.crash());
    trace.tell(nowMs(), "host " + node.host + " dies " + where);
    schedule.plan(100 + crashing.nextInt(1_500), node, () -> boot(node));
  }

  void boot(SimNode node) {
    if (joins.isToJoin(node)) {
      trace.tell(nowMs(), "host " + node.host + " joins by a snapshot");
      joins.join(node);
      return;
    }
    node.start();
    trace.tell(nowMs(), "host " + node.host + " runs");
    for (SimNode other : hosts) {
      if (other.index != node.index && other.isUp()) {
        node.engine().onPeerConnected(other.index);
        schedule.plan(
            1,
            other,
            () -> {
              if (other.isUp()) {
                other.engine().onPeerConnected(node.index);
              }
            });
      }
    }
    joins.fill(node);
  }

  /** A Byzantine validator that starts anew with nothing but its blocks and its key. */
  private void forget(SimNode node, Random random) {
    if (node.isUp()) {
      sightings.saw(Sight.AMNESIAS);
      trace.tell(nowMs(), "host " + node.host + " forgets");
      node.stop();
      node.disk.forgetLog();
      schedule.plan(50, node, () -> boot(node));
    }
    if (!healed) {
      schedule.plan(500 + random.nextInt(1_500), () -> forget(node, random));
    }
  }

  /** Through some correct node; whether that one says the transaction is committed. */
  private boolean submit(Clients.Wanted wanted) {
    List<SimNode> able = correct().filter(SimNode::isUp).toList();
    if (able.isEmpty()) {
      return false;
    }
    SimNode node = able.get(wanted.choice() % able.size());
    boolean[] committed = {false};
    guarded(node, () -> committed[0] = node.submit(wanted.transaction()));
    return committed[0];
  }

  @Override
  public long nowMs() {
    return schedule.nowMs();
  }

  @Override
  public void mayCrash(SimNode node, String point) {
    if (stepping && joins.isDying(node, scenario.crashes().perMille())) {
      throw new CrashPoints.Crash(point);
    }
    if (stepping
        && !healed
        && crashesLeft > 0
        && crashing.nextInt(1_000) < scenario.crashes().perMille()) {
      crashesLeft--;
      throw new CrashPoints.Crash(point);
    }
  }

  @Override
  public Application application(SimNode node, Genesis of) {
    return scenario.load().joins() > 0
        ? joins.application(node)
        : SimNode.World.super.application(node, of);
  }

  @Override
  public void onSnapshot(SimNode to, int from, SnapshotMessage message) {
    joins.hear(to, from, message);
  }

  @Override
  public long startTimer(SimNode node, TimerId id, long delayMs) {
    law.onTimer(node, id);
    long[] token = new long[1];
    token[0] = schedule.plan(delayMs, node, () -> node.fire(id, token[0]));
    return token[0];
  }

  @Override
  public void broadcast(SimNode from, PeerMessage message) {
    if (isCorrect(from)) {
      Durability.require(from, message);
      law.onBroadcast(from, message);
    }
    for (int peer = 0; peer < scenario.cast().stakes().size(); peer++) {
      if (peer != from.index) {
        send(from, peer, message);
      }
    }
  }

  @Override
  public void send(SimNode from, int to, PeerMessage message) {
    mouths.send(from, to, message);
  }
}
