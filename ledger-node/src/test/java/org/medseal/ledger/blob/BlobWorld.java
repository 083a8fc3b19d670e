package org.medseal.ledger.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.medseal.ledger.app.TestConsortium;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobMessage;
import org.medseal.ledger.engine.embedded.ReceiptPool;
import org.medseal.ledger.engine.embedded.StemSuccessor;
import org.medseal.ledger.journal.SimulatedDisk;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.StakeParameters;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.replica.ReceiptRules;

/**
 * What whole nodes do about blobs, in virtual time on simulated disks, and everything they say to
 * each other. A record is committed everywhere once the first node could put it into a block.
 */
final class BlobWorld {
  static final int MAX_EXPIRY = 20;
  private static final Path FOLDER = Path.of("/home/blobs");
  private static final long TICK_MS = 100;

  final List<Node> nodes = new ArrayList<>();
  final List<Said> said = new ArrayList<>();
  final Set<Integer> down = new HashSet<>();
  final Set<Payload.Blob> waiting = new LinkedHashSet<>();
  Predicate<Said> lost = each -> false;
  boolean commits = true;
  long height;
  long nowMs = 1_000_000;
  private final TestConsortium consortium;
  private final Genesis genesis;
  private final Random random;
  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private final Map<List<Integer>, Long> lanes = new HashMap<>();
  private ValidatorSet validators;
  private long sequence;

  /** A message that arrived. */
  record Said(long atMs, int from, int to, BlobMessage message) {}

  private record Due(long atMs, long order, Runnable action) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return atMs != other.atMs ? Long.compare(atMs, other.atMs) : Long.compare(order, other.order);
    }
  }

  /** Everybody is a validator of the same stake. */
  BlobWorld(TestConsortium consortium, BlobParameters blobs, long seed) {
    this.consortium = consortium;
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 11);
    this.genesis = with(consortium.genesis(), blobs);
    int size = genesis.institutions().size();
    validators(IntStream.range(0, size).toArray());
    for (int i = 0; i < size; i++) {
      nodes.add(new Node(i, new SimulatedDisk()));
    }
    at(TICK_MS, this::tick);
  }

  private static Genesis with(Genesis genesis, BlobParameters blobs) {
    Parameters before = genesis.parameters();
    Parameters parameters =
        new Parameters(
            before.smallestAnonymitySet(),
            before.stakeCapPercent(),
            TestConsortium.INLINE_LIMIT,
            before.maxBlockBytes(),
            MAX_EXPIRY,
            before.epochGraceBlocks(),
            StakeParameters.DEFAULT,
            blobs,
            Parameters.STANDARD_BLOCK_RECORDS);
    return genesis.with(parameters);
  }

  /** Those of the next height. */
  void validators(int... indexes) {
    List<Validator> all = new ArrayList<>();
    for (int each : indexes) {
      TestConsortium.Hospital hospital = consortium.hospital(each);
      Bytes key = Bytes.of(hospital.validator().publicKey().bytes());
      all.add(new Validator(all.size(), hospital.name(), key, 10));
    }
    validators = new ValidatorSet(all);
  }

  List<Integer> replicas(Payload.Blob blob) {
    return rules().replicas(blob.chunkRoot()).stream()
        .map(each -> Integer.parseInt(each.institution().replace("hospital-", "")) - 1)
        .toList();
  }

  private ReceiptRules rules() {
    return new ReceiptRules(validators, genesis.parameters(), height + 1);
  }

  private void at(long delayMs, Runnable action) {
    queue.add(new Due(nowMs + delayMs, sequence++, action));
  }

  private void tick() {
    nodes.forEach(Node::work);
    if (commits) {
      List.copyOf(waiting).stream()
          .filter(each -> nodes.get(0).receipts.isEnough(each, rules()))
          .forEach(each -> commit(List.of(each)));
    }
    at(TICK_MS, this::tick);
  }

  void commit(List<Payload.Blob> blobs) {
    height++;
    byte[] id = new byte[Hash.LENGTH];
    random.nextBytes(id);
    waiting.removeAll(blobs);
    for (Node each : nodes) {
      if (!down.contains(each.index)) {
        blobs.forEach(each.receipts::committed);
        each.blocks.put(height, blobs);
        each.keeping.committed(height, Hash.of(id), blobs);
      }
    }
  }

  /** Blocks without blobs. */
  void pass(int blocks) {
    for (int i = 0; i < blocks; i++) {
      commit(List.of());
    }
  }

  void run(long forMs) {
    long untilMs = nowMs + forMs;
    while (queue.peek().atMs() <= untilMs) {
      Due next = queue.poll();
      nowMs = next.atMs();
      next.action().run();
    }
    nowMs = untilMs;
  }

  void runUntil(Predicate<BlobWorld> reached) {
    long lastMs = nowMs + 3_600_000;
    while (!reached.test(this)) {
      if (nowMs > lastMs) {
        throw new AssertionError("not within an hour");
      }
      run(TICK_MS);
    }
  }

  List<Said> said(Class<? extends BlobMessage> type) {
    return said.stream().filter(each -> type.isInstance(each.message())).toList();
  }

  /** The node loses its memory, not its disk. */
  Node restart(int index) {
    Node again = new Node(index, nodes.get(index).disk);
    again.blocks.putAll(nodes.get(index).blocks);
    nodes.set(index, again);
    again.keeping.catchUp(height);
    return again;
  }

  private void deliver(int from, int to, BlobMessage message) {
    Said each = new Said(nowMs, from, to, message);
    if (!down.contains(from) && !down.contains(to) && !lost.test(each)) {
      said.add(each);
      nodes.get(to).keeping.onMessage(from, message);
      nodes.get(to).work();
    }
  }

  /** One institution's part, and how the others look from it. */
  final class Node implements BlobSurroundings {
    final int index;
    final SimulatedDisk disk;
    final Places places;
    final BlobKeeping keeping;
    final ReceiptPool receipts = new ReceiptPool(genesis);
    final Map<Long, List<Payload.Blob>> blocks = new HashMap<>();
    final PrivateLots route = new PrivateLots(this);
    boolean atTip = true;

    Node(int index, SimulatedDisk disk) {
      this.index = index;
      this.disk = disk;
      this.places = Places.open(FOLDER, disk, genesis.parameters().blobs(), OptionalLong.empty());
      BlobCatalog catalog =
          BlobCatalog.open(
              FOLDER.resolve("catalog"), disk, each -> places.kept().committed(each.blob()));
      this.keeping = new BlobKeeping(this, places, catalog);
      keeping.catchUp(0);
    }

    /** As its author. */
    Payload.Blob writes(byte[] content) throws IOException {
      try (OutgoingSink sink = places.outgoing().create(height)) {
        sink.write(content, 0, content.length);
        Payload.Blob blob = sink.finish();
        waiting.add(blob);
        keeping.submitted(blob);
        return blob;
      }
    }

    boolean keeps(Payload.Blob blob) {
      return places.kept().isWhole(blob);
    }

    void work() {
      boolean more = !down.contains(index);
      while (more) {
        more = keeping.work();
      }
    }

    @Override
    public Genesis genesis() {
      return genesis;
    }

    @Override
    public String institution() {
      return consortium.hospital(index).name();
    }

    @Override
    public long height() {
      return height;
    }

    @Override
    public ValidatorSet validators() {
      return validators;
    }

    @Override
    public boolean isAtTip() {
      return atTip;
    }

    @Override
    public int institutions() {
      return nodes.size();
    }

    @Override
    public long monotonicMs() {
      return nowMs;
    }

    @Override
    public RandomGenerator random() {
      return random;
    }

    @Override
    public Bytes validatorKey() {
      return Bytes.of(consortium.hospital(index).validator().publicKey().bytes());
    }

    @Override
    public byte[] sign(byte[] message) {
      return consortium.hospital(index).validator().sign(message);
    }

    @Override
    public OptionalInt peer(String institution) {
      return nodes.stream()
          .filter(each -> each.index != index && each.institution().equals(institution))
          .mapToInt(each -> each.index)
          .findFirst();
    }

    @Override
    public List<Integer> connected() {
      return nodes.stream()
          .map(each -> each.index)
          .filter(each -> each != index && !down.contains(each))
          .toList();
    }

    /** In order, as on one connection. */
    @Override
    public boolean offer(int peer, BlobMessage message) {
      List<Integer> lane = List.of(index, peer);
      long arrivesMs = Math.max(nowMs + 1 + random.nextInt(10), lanes.getOrDefault(lane, 0L));
      lanes.put(lane, arrivesMs);
      at(arrivesMs - nowMs, () -> deliver(index, peer, message));
      return !down.contains(peer);
    }

    @Override
    public boolean hasRoom(int peer) {
      return true;
    }

    @Override
    public StemSuccessor successor() {
      return route;
    }

    @Override
    public ReceiptPool receipts() {
      return receipts;
    }

    @Override
    public void receiptsArrived() {}

    @Override
    public void failed(Error cause) {
      throw cause;
    }

    @Override
    public List<Payload.Blob> blobsAt(long at) {
      return blocks.getOrDefault(at, List.of());
    }
  }

  /** Above the inline limit, one chunk. */
  static byte[] content(int number) {
    byte[] content = new byte[3_000];
    Arrays.fill(content, (byte) number);
    content[0] = (byte) (number >> 8);
    return content;
  }
}
