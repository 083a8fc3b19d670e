package org.medseal.ledger.sim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.embedded.BlockStore;
import org.medseal.ledger.engine.embedded.EmbeddedEngineCore;
import org.medseal.ledger.engine.embedded.EngineLog;
import org.medseal.ledger.engine.embedded.EngineSettings;
import org.medseal.ledger.engine.embedded.Environment;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.SignState;
import org.medseal.ledger.engine.embedded.Signer;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.mempool.Mempool;
import org.medseal.ledger.mempool.MempoolLimits;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.RecordWitness;

/** Honest nodes in virtual time whose every message is heard, so that one can ask who said what. */
final class StemWorld {
  /** A message that arrived. */
  record Said(long atMs, int from, int to, PeerMessage message) {}

  final List<Node> nodes = new ArrayList<>();
  final List<Said> said = new ArrayList<>();
  final Set<Hash> forged = new HashSet<>();
  Predicate<Said> lost = each -> false;
  boolean keepsAll = true;
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private final Genesis genesis;
  private final Random random;
  private long nowMs;
  private long sequence;

  private record Due(long atMs, long order, Runnable action) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return atMs != other.atMs ? Long.compare(atMs, other.atMs) : Long.compare(order, other.order);
    }
  }

  StemWorld(int size, long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L + 5);
    genesis = SimGenesis.of(Collections.nCopies(size, 10L));
    for (int i = 0; i < size; i++) {
      nodes.add(new Node(i));
    }
    nodes.forEach(node -> node.core.start());
    nodes.forEach(this::connect);
    run(1_000);
  }

  private void connect(Node node) {
    for (Node other : nodes) {
      if (other != node) {
        node.core.onPeerConnected(other.index);
      }
    }
  }

  /** The node loses its memory, not its disk. */
  Node restart(int index) {
    Node again = new Node(index, nodes.get(index).disk);
    nodes.set(index, again);
    again.core.start();
    connect(again);
    return again;
  }

  void run(long forMs) {
    long untilMs = nowMs + forMs;
    while (!queue.isEmpty() && queue.peek().atMs() <= untilMs) {
      Due next = queue.poll();
      nowMs = next.atMs();
      next.action().run();
    }
    nowMs = untilMs;
  }

  /** What arrived and matches, in order. */
  List<Said> said(Predicate<Said> wanted) {
    return said.stream().filter(wanted).toList();
  }

  boolean isCommittedEverywhere(IdentifiedTransaction transaction) {
    return nodes.stream()
        .allMatch(node -> node.disk.application.committed.contains(transaction.id()));
  }

  private void at(long delayMs, Runnable action) {
    queue.add(new Due(nowMs + delayMs, sequence++, action));
  }

  /** An anonymous record; nothing in it depends on who submits it. */
  static IdentifiedTransaction record(int number) {
    byte[] salt =
        Arrays.copyOf(SimKeys.sha256(("r " + number).getBytes(StandardCharsets.UTF_8)), 16);
    RecordWitness witness =
        new RecordWitness(
            new RecordHeader(
                SimGenesis.CHAIN,
                RecordFormat.FHIR,
                Bytes.of(salt),
                1,
                Collections.nCopies(4, Hash.ZERO),
                Hash.ZERO),
            List.of(),
            new Payload.Inline(Bytes.of(new byte[40])));
    return Transactions.identify(
        new RecordTransaction(
            new RecordCore(
                RecordCore.VERSION,
                SimGenesis.CHAIN,
                1,
                1_000_000,
                RecordFormat.FHIR,
                Transactions.witnessHash(witness),
                Hash.ZERO,
                Bytes.of(new byte[RecordCore.GROUP_SIGNATURE_LENGTH])),
            witness));
  }

  /** Refuses what the test calls forged. */
  private final class Judge implements Application {
    private final Application application;

    Judge(Application application) {
      this.application = application;
    }

    @Override
    public Info info() {
      return application.info();
    }

    @Override
    public List<String> institutions() {
      return application.institutions();
    }

    @Override
    public InitChain initChain(Genesis given) {
      return application.initChain(given);
    }

    @Override
    public Verdict check(IdentifiedTransaction transaction) {
      return forged.contains(transaction.id())
          ? Verdict.refused(Verdict.Code.BAD_SIGNATURE, "forged")
          : application.check(transaction);
    }

    @Override
    public List<IdentifiedTransaction> prepare(PrepareRequest request) {
      return application.prepare(request);
    }

    @Override
    public boolean process(ProcessRequest request) {
      return application.process(request);
    }

    @Override
    public Finalized finalizeBlock(FinalizeRequest request) {
      return application.finalizeBlock(request);
    }

    @Override
    public void commit() {
      application.commit();
    }
  }

  final class Node implements Environment {
    final int index;
    final SimDisk disk;
    final Mempool mempool = new Mempool(MempoolLimits.defaults(1 << 16));
    final EmbeddedEngineCore core;
    final List<Integer> banned = new ArrayList<>();
    private final Random lots;
    private final Map<TimerId.Kind, Long> timers = new EnumMap<>(TimerId.Kind.class);

    Node(int index) {
      this(index, new SimDisk(new Random(index)));
    }

    Node(int index, SimDisk disk) {
      this.index = index;
      this.disk = disk;
      this.lots = new Random(random.nextLong());
      this.core =
          new EmbeddedEngineCore(
              new EngineSettings(genesis, SimGenesis.name(index), SimNode.TIMEOUTS, SimNode.PACING),
              new Judge(new SimApplication(genesis, disk.application, point -> {})),
              mempool,
              this,
              SimKeys.CHECK);
    }

    @Override
    public long nowMs() {
      return SimGenesis.TIME_MS + 1_000 + nowMs;
    }

    @Override
    public long monotonicMs() {
      return nowMs;
    }

    @Override
    public void startTimer(TimerId id, long delayMs) {
      long token = sequence;
      timers.put(id.kind(), token);
      at(
          delayMs,
          () -> {
            if (nodes.get(index) == this && timers.getOrDefault(id.kind(), -1L) == token) {
              timers.remove(id.kind());
              core.onTimer(id);
            }
          });
    }

    @Override
    public void send(int peer, PeerMessage message) {
      long delayMs = 1L + random.nextInt(10);
      at(
          delayMs,
          () -> {
            Said arriving = new Said(nowMs, index, peer, message);
            if (!lost.test(arriving)) {
              if (keepsAll || isAboutTransactions(message)) {
                said.add(arriving);
              }
              nodes.get(peer).core.onMessage(index, message);
            }
          });
    }

    @Override
    public void broadcast(PeerMessage message) {
      for (Node other : nodes) {
        if (other.index != index) {
          send(other.index, message);
        }
      }
    }

    @Override
    public void ban(int peer, long forMs) {
      banned.add(peer);
    }

    @Override
    public RandomGenerator random() {
      return lots;
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
      return SimKeys.signer(index);
    }
  }

  private static boolean isAboutTransactions(PeerMessage message) {
    return message instanceof PeerMessage.StemMessage
        || message instanceof PeerMessage.TransactionsMessage
        || message instanceof PeerMessage.OfferMessage
        || message instanceof PeerMessage.ProposalMessage;
  }
}
