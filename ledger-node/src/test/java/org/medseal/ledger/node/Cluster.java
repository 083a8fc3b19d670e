package org.medseal.ledger.node;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.LedgerRules;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.net.TlsIdentity;

/** Nodes of one consortium in this process, over real TLS and disk. */
final class Cluster implements AutoCloseable {
  static final SecureRandom RANDOM = new SecureRandom();

  private final Path root;
  private final Genesis genesis;
  private final List<NodeKeys> keys = new ArrayList<>();
  private final List<Ed25519PrivateKey> signing = new ArrayList<>();
  private final Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();
  private final Map<Integer, LedgerNode> nodes = new TreeMap<>();
  private final Map<Integer, UnaryOperator<NodeSettings>> changes = new TreeMap<>();

  Cluster(Path root, long... stakes) {
    this(root, UnaryOperator.identity(), stakes);
  }

  /**
   * @param change makes of the usual genesis the one to use
   */
  Cluster(Path root, UnaryOperator<Genesis> change, long... stakes) {
    this.root = root;
    List<Institution> institutions = new ArrayList<>();
    for (int i = 0; i < stakes.length; i++) {
      keys.add(freshKeys("hospital-" + (i + 1)));
      signing.add(Ed25519PrivateKey.generate(RANDOM));
      institutions.add(
          new Institution(
              "hospital-" + (i + 1),
              Bytes.of(signing.get(i).publicKey().bytes()),
              point(i),
              Bytes.of(keys.get(i).validator().publicKey().bytes()),
              keys.get(i).tls().pin(),
              "127.0.0.1:" + (i + 1),
              stakes[i]));
    }
    genesis = change.apply(genesis("test-chain", institutions));
  }

  static NodeKeys freshKeys(String institution) {
    return new NodeKeys(
        Ed25519PrivateKey.generate(RANDOM),
        TlsIdentity.selfSigned(institution, Instant.now(), RANDOM));
  }

  /** The group's part is not used by these tests and holds bytes of no meaning. */
  static Genesis genesis(String chainId, List<Institution> institutions) {
    String first = institutions.get(0).name();
    return new Genesis(
        chainId,
        Instant.now().minus(Duration.ofMinutes(1)).toEpochMilli(),
        institutions,
        Bytes.of(new byte[] {1}),
        Bytes.of(new byte[] {2}),
        List.of(),
        List.of(),
        first,
        first,
        new CustodianSet(1, List.of(new CustodianKey(first, point(99)))),
        new Parameters(0, 33, 1 << 20, 2 << 20, 1_000_000, 10));
  }

  static Bytes point(int fill) {
    byte[] point = new byte[65];
    Arrays.fill(point, (byte) fill);
    return Bytes.of(point);
  }

  Genesis genesis() {
    return genesis;
  }

  Path home(int i) {
    return root.resolve("home-" + i);
  }

  Ed25519PrivateKey signing(int i) {
    return signing.get(i);
  }

  void setKeys(int i, NodeKeys others) {
    keys.set(i, others);
  }

  /** A further institution with keys of its own, to be admitted later. */
  Institution candidate(long stake) {
    int i = keys.size();
    String name = "hospital-" + (i + 1);
    keys.add(freshKeys(name));
    signing.add(Ed25519PrivateKey.generate(RANDOM));
    return new Institution(
        name,
        Bytes.of(signing.get(i).publicKey().bytes()),
        Bytes.of(Sm2PrivateKey.generate(RANDOM).publicKey().point()),
        Bytes.of(keys.get(i).validator().publicKey().bytes()),
        keys.get(i).tls().pin(),
        "127.0.0.1:" + (i + 1),
        stake);
  }

  NodeKeys keys(int i) {
    return keys.get(i);
  }

  NodeSettings settings(int i) {
    InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    NodeSettings.Tuning tuning =
        NodeSettings.Tuning.standard()
            .withAddresses(each -> Optional.ofNullable(addresses.get(each.name())));
    return new NodeSettings(
        home(i),
        genesis,
        "hospital-" + (i + 1),
        bind,
        i < genesis.institutions().size() ? tuning : tuning.asJoining());
  }

  /** Node {@code i} is started with these changes to its settings. */
  void tune(int i, UnaryOperator<NodeSettings> change) {
    changes.put(i, change);
  }

  LedgerNode start(int i) {
    return start(i, LedgerRules.NUMBER);
  }

  /** A MedSeal of these ledger rules. */
  LedgerNode start(int i, int rules) {
    NodeSettings settings = changes.getOrDefault(i, UnaryOperator.identity()).apply(settings(i));
    SnapshotJoin.ifEmpty(
        settings, keys.get(i), address -> addresses.put(settings.institution(), address));
    LedgerNode node = LedgerNode.open(settings, keys.get(i), rules);
    nodes.put(i, node);
    addresses.put(node.institution(), node.start());
    return node;
  }

  void startAll() {
    for (int i = 0; i < keys.size(); i++) {
      start(i);
    }
  }

  void stop(int i) {
    LedgerNode node = nodes.remove(i);
    addresses.remove(node.institution());
    node.close();
  }

  void stopAll() {
    List.copyOf(nodes.keySet()).forEach(this::stop);
  }

  LedgerNode node(int i) {
    return nodes.get(i);
  }

  List<LedgerNode> running() {
    return List.copyOf(nodes.values());
  }

  /** Empty while it does not run. */
  Optional<InetSocketAddress> address(String institution) {
    return Optional.ofNullable(addresses.get(institution));
  }

  InetSocketAddress address(int i) {
    return addresses.get(genesis.institutions().get(i).name());
  }

  /** Signed by institution {@code i}, different each time. */
  IdentifiedTransaction request(int i) {
    return request(i, Instant.now().plus(Duration.ofDays(1)).toEpochMilli());
  }

  IdentifiedTransaction request(int i, long answerBy) {
    byte[] body = new byte[600];
    RANDOM.nextBytes(body);
    return signed(i, new Action.AccessRequest(answerBy, Bytes.of(body)));
  }

  /** By institution {@code i}, with a fresh nonce. */
  IdentifiedTransaction signed(int i, Action action) {
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    InstitutionTransaction unsigned =
        new InstitutionTransaction(
            genesis.chainId(),
            "hospital-" + (i + 1),
            900_000,
            Bytes.of(nonce),
            action,
            Bytes.of(new byte[64]));
    byte[] signature = signing.get(i).sign(Transactions.institutionSignBytes(unsigned));
    return Transactions.identify(
        new InstitutionTransaction(
            unsigned.chainId(),
            unsigned.institution(),
            unsigned.expiryHeight(),
            unsigned.nonce(),
            unsigned.action(),
            Bytes.of(signature)));
  }

  /** Ids of all transactions of a node's blocks in order. */
  static List<Hash> committed(LedgerNode node) {
    List<Hash> ids = new ArrayList<>();
    for (long height = 1; height <= node.view().height(); height++) {
      node.block(height).orElseThrow().transactions().forEach(each -> ids.add(each.id()));
    }
    return ids;
  }

  @Override
  public void close() {
    stopAll();
  }
}
