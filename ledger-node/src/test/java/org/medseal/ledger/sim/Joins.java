package org.medseal.ledger.sim;

import static org.medseal.ledger.sim.Law.require;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.snapshot.Join;
import org.medseal.ledger.snapshot.OlderFetch;
import org.medseal.ledger.snapshot.SnapshotPeers;
import org.medseal.ledger.store.OlderBlocks;

/**
 * Correct nodes that lose their disk, one after the other, and join by a snapshot with the real
 * code, which asks and is answered in virtual time; afterwards they fetch what was before.
 */
final class Joins {
  static final long ANSWER_MS = 1_000;
  private static final SilenceMark.Kind NOT_SILENT = SilenceMark.Kind.NONE;
  private static final long PAUSE_MS = 500;
  private static final int DEATHS = 2; // at most, for each who joins
  private static final int OFTENER = 10; // than elsewhere: it takes but a moment
  private static final long BAN_MS = 20_000;
  private static final long FIRST_HEIGHTS = 3L * RealApplication.SNAPSHOT_EVERY;

  private final Simulation world;
  private final Genesis genesis;
  private final Schedule schedule;
  private final Sightings sightings;
  private final Random random;
  private final Map<SimNode, Checkpoint> checkpoints = new LinkedHashMap<>(); // who was wiped
  private final Map<SimNode, Talk> talks = new HashMap<>();
  private final Map<SimNode, RealApplication> applications = new HashMap<>();
  private int toCome;
  private int deaths;

  Joins(Simulation world, Genesis genesis, Schedule schedule, Random random) {
    this.world = world;
    this.genesis = genesis;
    this.schedule = schedule;
    this.sightings = world.sightings();
    this.random = random;
  }

  void plan(int count) {
    toCome = count;
    deaths = DEATHS * count;
    for (int i = 0; i < count; i++) {
      schedule.plan(4_500 + random.nextInt(3_500), this::wipe);
    }
  }

  RealApplication application(SimNode node) {
    RealApplication made =
        new RealApplication(genesis, node.disk, point -> world.mayCrash(node, point));
    applications.put(node, made);
    return made;
  }

  /** Once the others can go on without it; not at all if nothing is left to decide. */
  private void wipe() {
    if (world.isAllCommitted()) {
      toCome--;
      return;
    }
    List<SimNode> whole =
        world.correct().filter(each -> each.isUp() && !checkpoints.containsKey(each)).toList();
    boolean others =
        world.correct().allMatch(each -> each.isUp() && each.disk.silence.kind() == NOT_SILENT);
    if (!others || whole.isEmpty() || world.chain().height() < FIRST_HEIGHTS) {
      schedule.plan(250, this::wipe);
      return;
    }
    toCome--;
    SimNode node = whole.get(random.nextInt(whole.size()));
    long height = 1L + random.nextInt((int) world.chain().height());
    checkpoints.put(node, new Checkpoint(height, world.chain().id(height)));
    sightings.saw(Sight.WIPES);
    world.wipe(node);
  }

  /** Whether a node dies here that is fetching a snapshot, or what was before one. */
  boolean isDying(SimNode node, int perMille) {
    boolean dies =
        deaths > 0 && talks.containsKey(node) && random.nextInt(1_000) < OFTENER * perMille;
    deaths -= dies ? 1 : 0;
    return dies;
  }

  /** Whether the node has a snapshot to fetch before its engine can start. */
  boolean isToJoin(SimNode node) {
    if (!checkpoints.containsKey(node)) {
      return false;
    }
    node.disk.open();
    return node.disk.blocks.height() == 0;
  }

  void join(SimNode node) {
    node.disk.silence.set(SilenceMark.Kind.SILENT, "joined by a snapshot");
    Talk talk = new Talk(node);
    Join join = new Join(SimDisk.HOME, genesis, checkpoints.get(node), node.disk.raw());
    begin(
        talk,
        new Fiber(
            () -> {
              while (join.attempt(talk, Instant.ofEpochMilli(node.nowMs()), any -> {})
                  .isPresent()) {
                talk.pause(PAUSE_MS);
              }
              sightings.saw(Sight.JOINS);
              schedule.plan(1, node, () -> world.boot(node));
            }));
  }

  /** What was before the snapshot, for as long as this life lasts. */
  void fill(SimNode node) {
    Optional<OlderBlocks> older = node.disk.older().filter(each -> each.lowest() > 1);
    if (older.isPresent()) {
      Talk talk = new Talk(node);
      OlderFetch fetch =
          new OlderFetch(
              genesis.chainId(), node.disk.blocks.base().orElseThrow(), older.get(), talk);
      begin(
          talk,
          new Fiber(
              () -> {
                fetch.run();
                sightings.saw(Sight.FILLED);
              }));
    }
  }

  private void begin(Talk talk, Fiber fiber) {
    talk.fiber = Optional.of(fiber);
    talks.put(talk.node, talk);
    talk.goOn();
  }

  /** The node is gone, and what it was asking. */
  void end(SimNode node) {
    applications.remove(node);
    Optional.ofNullable(talks.remove(node))
        .ifPresent(
            each -> {
              sightings.saw(Sight.JOIN_CRASHES);
              each.fiber.ifPresent(Fiber::kill);
            });
  }

  void hear(SimNode to, int from, SnapshotMessage message) {
    Optional<Talk> talk = Optional.ofNullable(talks.get(to));
    if (talk.filter(each -> each.isAnswered(from, message)).isPresent()) {
      talk.get().answer = Optional.of(message);
      talk.get().goOn();
    } else if (to.isUp()) {
      Optional.ofNullable(applications.get(to))
          .flatMap(each -> each.answer(message))
          .ifPresent(each -> world.send(to, from, each));
    }
  }

  /** All who were to join have, and hold everything. */
  boolean isDone() {
    return toCome == 0
        && talks.isEmpty()
        && checkpoints.keySet().stream()
            .allMatch(each -> each.isUp() && each.disk.blocks.lowest() == 1);
  }

  void lookAround() {
    sightings.saw(
        Sight.TRUSTED_AGAIN,
        checkpoints.keySet().stream()
            .filter(each -> each.disk.silence.kind() == NOT_SILENT)
            .count());
  }

  /** One node's questions, one at a time; ends with its life. */
  private final class Talk implements OlderFetch.Surroundings {
    private final SimNode node;
    private final Map<Integer, Long> banned = new HashMap<>(); // until when
    private Optional<Fiber> fiber = Optional.empty();
    private Optional<Asked> asked = Optional.empty();
    private Optional<SnapshotMessage> answer = Optional.empty();
    private Optional<CrashPoints.Crash> died = Optional.empty();
    private long waits;

    private record Asked(int peer, SnapshotMessage request) {}

    Talk(SimNode node) {
      this.node = node;
    }

    boolean isAnswered(int from, SnapshotMessage message) {
      return asked
          .filter(each -> each.peer() == from)
          .filter(each -> SnapshotPeers.isAnswer(each.request(), message))
          .isPresent();
    }

    void goOn() {
      waits++;
      asked = Optional.empty();
      if (fiber.orElseThrow().resume()) {
        talks.remove(node, this);
      }
    }

    /** What goes on after a crash would go on for ever: some of it takes it for a mishap. */
    private void requireAlive() {
      died.ifPresent(
          each -> {
            throw each;
          });
      if (node.disk.raw().isDead()) {
        throw new CrashPoints.Crash("while joining");
      }
    }

    private void park(long forMs) {
      long wait = waits;
      schedule.plan(
          forMs,
          node,
          () -> {
            if (waits == wait) {
              goOn();
            }
          });
      fiber.orElseThrow().park();
    }

    @Override
    public List<Integer> connected() {
      List<Integer> up = new ArrayList<>();
      for (SimNode each : world.nodes()) {
        if (each != node
            && each.isUp()
            && banned.getOrDefault(each.index, 0L) <= schedule.nowMs()) {
          up.add(each.index);
        }
      }
      return up;
    }

    @Override
    public Optional<SnapshotMessage> ask(int peer, SnapshotMessage request) {
      requireAlive();
      answer = Optional.empty();
      asked = Optional.of(new Asked(peer, request));
      try {
        world.send(node, peer, request);
      } catch (CrashPoints.Crash crash) {
        died = Optional.of(crash);
        throw crash;
      }
      park(ANSWER_MS);
      return answer;
    }

    @Override
    public void pause(long ms) {
      requireAlive();
      park(ms);
    }

    @Override
    public boolean isClosed() {
      return false;
    }

    @Override
    public void ban(int peer) {
      require(!world.isHonest(peer), "who joins banned an honest peer: " + peer);
      sightings.saw(Sight.PART_BANS);
      banned.put(peer, schedule.nowMs() + BAN_MS);
    }
  }
}
