package org.medseal.ledger.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.medseal.ledger.consensus.Timeouts;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.TrustedBlock;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.EmbeddedEngineCore;
import org.medseal.ledger.engine.embedded.EngineLog;
import org.medseal.ledger.engine.embedded.EngineSettings;
import org.medseal.ledger.engine.embedded.Environment;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.SignState;
import org.medseal.ledger.engine.embedded.SignatureCheck;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.mempool.Mempool;
import org.medseal.ledger.mempool.MempoolLimits;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.IdentifiedTransaction;

/** One node: a disk that lasts, and an engine that comes and goes. */
final class SimNode implements Environment {
  static final EngineSettings.Pacing PACING = new EngineSettings.Pacing(5, 150, 1_000, 500, 15_000);
  static final Timeouts TIMEOUTS = new Timeouts(300, 150, 150, 3_000);

  /** What a node needs of the world around it. */
  interface World {
    long nowMs();

    long startTimer(SimNode node, TimerId id, long delayMs);

    void send(SimNode from, int peer, PeerMessage message);

    void broadcast(SimNode from, PeerMessage message);

    void mayCrash(SimNode node, String point);

    /** The application of a node that starts. */
    default Application application(SimNode node, Genesis genesis) {
      return new SimApplication(genesis, node.disk.application, point -> mayCrash(node, point));
    }

    /** Not the engine's: what a node that joins asks, or is answered. */
    default void onSnapshot(SimNode to, int from, SnapshotMessage message) {}

    default SignatureCheck check() {
      return SimKeys.CHECK;
    }
  }

  /**
   * @param host its own number; two hosts of one institution are twins
   * @param index of its institution in the genesis
   * @param honest asks its sign-state before it signs
   */
  record Identity(int host, int index, long skewMs, boolean honest) {}

  final int host;
  final int index;
  final SimDisk disk;
  private final World world;
  private final Genesis genesis;
  private final Identity identity;
  private final Map<TimerId.Kind, Long> timers = new EnumMap<>(TimerId.Kind.class);
  private Optional<EmbeddedEngineCore> engine = Optional.empty();
  private Mempool mempool = new Mempool(LIMITS);
  private long incarnation;
  private final Random random;
  long audited;
  Optional<TrustedBlock> trusted = Optional.empty();
  long oldest = 1; // audited of the blocks from before a snapshot

  private static final MempoolLimits LIMITS = MempoolLimits.defaults(1 << 16);

  SimNode(Identity identity, World world, Genesis genesis, SimDisk disk) {
    this.host = identity.host();
    this.index = identity.index();
    this.identity = identity;
    this.world = world;
    this.genesis = genesis;
    this.disk = disk;
    this.random = new Random(31L * identity.host() + identity.skewMs());
    disk.mount(point -> world.mayCrash(this, point));
  }

  boolean isUp() {
    return engine.isPresent();
  }

  EmbeddedEngineCore engine() {
    return engine.orElseThrow();
  }

  /** Transactions waiting. */
  int pending() {
    return mempool.size();
  }

  void start() {
    incarnation++;
    timers.clear();
    disk.open();
    mempool = new Mempool(LIMITS);
    EmbeddedEngineCore core =
        new EmbeddedEngineCore(
            new EngineSettings(genesis, SimGenesis.name(index), TIMEOUTS, PACING, trusted),
            world.application(this, genesis),
            mempool,
            this,
            world.check());
    core.start();
    engine = Optional.of(core);
  }

  /** Returns what was lost on disk. */
  int crash() {
    stop();
    return disk.crash();
  }

  /** Off, with its disk as it is. */
  void stop() {
    engine = Optional.empty();
    incarnation++;
  }

  long incarnation() {
    return incarnation;
  }

  void fire(TimerId id, long token) {
    if (timers.getOrDefault(id.kind(), -1L) == token) {
      timers.remove(id.kind());
      engine().onTimer(id);
    }
  }

  void hear(int from, PeerMessage message) {
    if (message instanceof SnapshotMessage asked) {
      world.onSnapshot(this, from, asked);
    } else if (isUp()) {
      engine().onMessage(from, message);
    }
  }

  boolean submit(IdentifiedTransaction transaction) {
    return engine().submit(transaction).code() == Verdict.Code.ALREADY_COMMITTED;
  }

  @Override
  public long nowMs() {
    return SimGenesis.TIME_MS + 1_000 + world.nowMs() + identity.skewMs();
  }

  @Override
  public long monotonicMs() {
    return world.nowMs();
  }

  @Override
  public void startTimer(TimerId id, long delayMs) {
    timers.put(id.kind(), world.startTimer(this, id, delayMs));
  }

  @Override
  public void send(int peer, PeerMessage message) {
    world.send(this, peer, message);
  }

  @Override
  public void broadcast(PeerMessage message) {
    world.broadcast(this, message);
  }

  @Override
  public void ban(int peer, long forMs) {}

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public EngineLog log() {
    return disk.log;
  }

  @Override
  public SignState signState() {
    return identity.honest() ? disk.signed : new Forgetful();
  }

  @Override
  public SilenceMark silence() {
    return disk.silence;
  }

  @Override
  public BlockStore blocks() {
    return disk.blocks;
  }

  @Override
  public SimKeys.OneKey signer() {
    return new SimKeys.OneKey(genesis.institutions().get(index).validatorKey());
  }

  /** What a Byzantine validator asks before it signs: nothing. */
  private final class Forgetful implements SignState {
    @Override
    public Optional<byte[]> signatureFor(SignSlot slot, byte[] signBytes) {
      return Optional.of(signer().sign(signBytes));
    }

    @Override
    public void record(SignSlot slot, byte[] signBytes, byte[] signature) {}
  }
}
