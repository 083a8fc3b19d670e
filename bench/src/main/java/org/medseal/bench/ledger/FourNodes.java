package org.medseal.bench.ledger;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.net.TlsIdentity;
import org.medseal.ledger.node.LedgerNode;
import org.medseal.ledger.node.NodeKeys;
import org.medseal.ledger.node.NodeSettings;
import org.medseal.ledger.node.SnapshotJoin;

/** A consortium of four without a signing group: only institutions' transactions are sent. */
final class FourNodes implements AutoCloseable {
  private static final long[] STAKES = {30, 26, 24, 20};
  static final int SIZE = STAKES.length;

  /** Makes a transaction of 1,000 bytes or a little more. */
  private static final int BODY_BYTES = 800;

  private final SecureRandom random = new SecureRandom();
  private final List<NodeKeys> keys = new ArrayList<>();
  private final List<Ed25519PrivateKey> signing = new ArrayList<>();
  private final Map<String, InetSocketAddress> addresses = new ConcurrentHashMap<>();
  private final List<LedgerNode> nodes = new ArrayList<>();
  private final Genesis genesis;
  private final Path root;
  private final int snapshotBlocks;

  /**
   * @param snapshotBlocks a snapshot is made every so many blocks; 0 for never
   */
  FourNodes(Path root, int snapshotBlocks) {
    this.root = root;
    this.snapshotBlocks = snapshotBlocks;
    genesis = genesis();
    for (int i = 0; i < STAKES.length; i++) {
      nodes.add(open(i, name(i)));
      start(i);
    }
  }

  private String name(int i) {
    return genesis.institutions().get(i).name();
  }

  private NodeSettings settings(int i, String folder) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    NodeSettings.Tuning tuning =
        NodeSettings.Tuning.standard()
            .withAddresses(each -> Optional.ofNullable(addresses.get(each.name())))
            .withSnapshots(new NodeSettings.Snapshotting(snapshotBlocks, false));
    return new NodeSettings(root.resolve(folder), genesis, name(i), any, tuning);
  }

  private LedgerNode open(int i, String folder) {
    return LedgerNode.open(settings(i, folder), keys.get(i));
  }

  /** Ends a node and opens one that holds nothing in its place; not started yet. */
  LedgerNode replaceByEmpty(int i) {
    nodes.get(i).close();
    nodes.set(i, open(i, name(i) + "-empty"));
    return nodes.get(i);
  }

  /** The same; the one in its place joins by a snapshot below the newest block. */
  LedgerNode replaceByJoined(int i) {
    nodes.get(i).close();
    addresses.remove(name(i));
    LedgerNode first = nodes.get(0);
    NodeSettings settings =
        settings(i, name(i) + "-joined")
            .withCheckpoint(new Checkpoint(first.view().height(), first.status().blockId()))
            .withSnapshots(new NodeSettings.Snapshotting(snapshotBlocks, true));
    SnapshotJoin.ifEmpty(settings, keys.get(i), address -> addresses.put(name(i), address));
    nodes.set(i, LedgerNode.open(settings, keys.get(i)));
    return nodes.get(i);
  }

  void start(int i) {
    addresses.put(name(i), nodes.get(i).start());
  }

  private Genesis genesis() {
    List<Institution> institutions = new ArrayList<>();
    for (long stake : STAKES) {
      String name = "hospital-" + (institutions.size() + 1);
      keys.add(
          new NodeKeys(
              Ed25519PrivateKey.generate(random),
              TlsIdentity.selfSigned(name, Instant.now(), random)));
      signing.add(Ed25519PrivateKey.generate(random));
      int i = institutions.size();
      institutions.add(
          new Institution(
              name,
              Bytes.of(signing.get(i).publicKey().bytes()),
              Bytes.of(new byte[65]),
              Bytes.of(keys.get(i).validator().publicKey().bytes()),
              keys.get(i).tls().pin(),
              "127.0.0.1:" + (i + 1),
              stake));
    }
    return new Genesis(
        "bench",
        Instant.now().minus(Duration.ofMinutes(1)).toEpochMilli(),
        institutions,
        Bytes.empty(),
        Bytes.empty(),
        List.of(),
        List.of(),
        "hospital-1",
        "hospital-1",
        new CustodianSet(1, List.of(new CustodianKey("hospital-1", Bytes.of(new byte[65])))),
        new Parameters(0, 33, 1 << 20, 2 << 20, 1_000_000, 10));
  }

  List<LedgerNode> nodes() {
    return nodes;
  }

  boolean isFrom(int i, IdentifiedTransaction transaction) {
    return transaction.transaction() instanceof InstitutionTransaction signed
        && signed.institution().equals(genesis.institutions().get(i).name());
  }

  /** Signed by institution {@code i}. */
  IdentifiedTransaction transaction(int i) {
    byte[] body = new byte[BODY_BYTES];
    random.nextBytes(body);
    byte[] nonce = new byte[InstitutionTransaction.NONCE_LENGTH];
    random.nextBytes(nonce);
    long answerBy = Instant.now().plus(Duration.ofDays(1)).toEpochMilli();
    InstitutionTransaction unsigned =
        signed(i, nonce, new Action.AccessRequest(answerBy, Bytes.of(body)), new byte[64]);
    byte[] signature = signing.get(i).sign(Transactions.institutionSignBytes(unsigned));
    return Transactions.identify(signed(i, nonce, unsigned.action(), signature));
  }

  private InstitutionTransaction signed(int i, byte[] nonce, Action action, byte[] signature) {
    return new InstitutionTransaction(
        genesis.chainId(),
        genesis.institutions().get(i).name(),
        900_000,
        Bytes.of(nonce),
        action,
        Bytes.of(signature));
  }

  @Override
  public void close() {
    nodes.forEach(LedgerNode::close);
  }
}
