package org.medseal.ledger.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.medseal.ledger.engine.TrustedBlock;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.EmbeddedEngineCore;
import org.medseal.ledger.engine.embedded.EngineLog;
import org.medseal.ledger.engine.embedded.EngineSettings;
import org.medseal.ledger.engine.embedded.Environment;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.WitnessAnswer;
import org.medseal.ledger.engine.embedded.SignState;
import org.medseal.ledger.engine.embedded.Signer;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.mempool.Mempool;
import org.medseal.ledger.mempool.MempoolLimits;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Genesis;

/** One engine, validator 3 of four, whose peers are played by the test; time stands still. */
final class LoneEngine implements Environment {
  static final int SELF = 3;
  static final Genesis GENESIS = SimGenesis.of(List.of(30L, 26L, 24L, 20L));

  final SimDisk disk;
  final EmbeddedEngineCore core;
  final Mempool mempool = new Mempool(MempoolLimits.defaults(1 << 16));
  final List<PeerMessage> sent = new ArrayList<>();
  final List<Integer> asked = new ArrayList<>(); // of whom transactions were wanted
  final List<Integer> banned = new ArrayList<>();
  private final Random random = new Random(7);
  long nowMs;
  long tickMs; // by which the wall clock moves each time it is read

  LoneEngine(SimDisk disk) {
    this(disk, Optional.empty());
  }

  LoneEngine(SimDisk disk, Optional<Checkpoint> checkpoint) {
    this(GENESIS, disk, checkpoint.map(TrustedBlock::of));
  }

  LoneEngine(Genesis genesis, SimDisk disk, Optional<TrustedBlock> trusted) {
    this.disk = disk;
    this.core =
        new EmbeddedEngineCore(
            new EngineSettings(
                genesis, SimGenesis.name(SELF), SimNode.TIMEOUTS, SimNode.PACING, trusted),
            new SimApplication(genesis, disk.application, point -> {}),
            mempool,
            this,
            SimKeys.CHECK);
    this.nowMs = SimGenesis.TIME_MS + 1_000;
  }

  static SimDisk emptyDisk() {
    return new SimDisk(new Random(1));
  }

  /** Started, connected to all, nothing sent yet. */
  static LoneEngine started() {
    LoneEngine engine = new LoneEngine(emptyDisk());
    engine.core.start();
    engine.peersKnowNothing();
    engine.sent.clear();
    return engine;
  }

  /** Every peer is connected, stands where this engine does and holds no signature of it. */
  LoneEngine peersKnowNothing() {
    for (int peer = 0; peer < SELF; peer++) {
      core.onPeerConnected(peer);
      core.onMessage(peer, new WitnessAnswer(core.status().height() + 1, List.of(), List.of()));
    }
    return this;
  }

  /** The blocks an honest cluster decided. */
  static List<StoredBlock> chain() {
    Simulation simulation = new Simulation(Scenario.honest(1, 30L, 26L, 24L, 20L));
    simulation.run();
    List<StoredBlock> chain = new ArrayList<>();
    BlockStore store = simulation.nodes().get(0).disk.blocks;
    for (long height = 1; height <= store.height(); height++) {
      chain.add(store.block(height).orElseThrow());
    }
    return chain;
  }

  <M extends PeerMessage> List<M> sent(Class<M> kind) {
    return sent.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public long nowMs() {
    nowMs += tickMs;
    return nowMs;
  }

  @Override
  public long monotonicMs() {
    return nowMs;
  }

  @Override
  public void startTimer(TimerId id, long delayMs) {}

  @Override
  public void send(int peer, PeerMessage message) {
    sent.add(message);
    if (message instanceof PeerMessage.WantMessage) {
      asked.add(peer);
    }
  }

  @Override
  public void broadcast(PeerMessage message) {
    sent.add(message);
  }

  @Override
  public void ban(int peer, long forMs) {
    banned.add(peer);
  }

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
    return disk.signed;
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
  public Signer signer() {
    return SimKeys.signer(SELF);
  }
}
