package org.medseal.ledger.node;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.medseal.ledger.engine.TrustedBlock;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.engine.embedded.SilenceMark;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.net.NetworkSettings;
import org.medseal.ledger.net.PeerNetwork;
import org.medseal.ledger.snapshot.Join;
import org.medseal.ledger.snapshot.SnapshotPeers;
import org.medseal.ledger.store.LedgerFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings an empty home to a snapshot before its node starts, over a network of its own on the same
 * address. The validator of the home is silent from then on, as after a restore: it may have signed
 * in a life that this disk does not know of (ADR 012).
 */
public final class SnapshotJoin {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotJoin.class);
  private static final long ANSWER_MS = 10_000;
  private static final long PAUSE_MS = 1_000;
  private static final long BAN_MS = 60_000;

  private final NodeSettings settings;
  private final NodeKeys keys;
  private final Checkpoint checkpoint;
  private final Disk disk;

  private SnapshotJoin(NodeSettings settings, NodeKeys keys, Checkpoint checkpoint, Disk disk) {
    this.settings = settings;
    this.keys = keys;
    this.checkpoint = checkpoint;
    this.disk = disk;
  }

  /**
   * Returns when the home stands on a snapshot; at once if it was not to join by one or holds
   * blocks already. Waits for as long as no peer has one. StoreException LOCKED if the home is in
   * use.
   *
   * @param listening told where peers reach this node meanwhile
   */
  public static void ifEmpty(
      NodeSettings settings, NodeKeys keys, Consumer<InetSocketAddress> listening) {
    Optional<Checkpoint> checkpoint =
        settings
            .tuning()
            .trusted()
            .flatMap(TrustedBlock::checkpoint)
            .filter(each -> settings.tuning().joinBySnapshot());
    if (checkpoint.isEmpty()) {
      return;
    }
    Disk disk = Disk.real();
    try (LedgerFiles files = LedgerFiles.open(settings.home(), disk)) {
      if (files.blocks().height() == 0) {
        files.silence().set(SilenceMark.Kind.SILENT, "joined by a snapshot");
        files.rules().raise(); // the peers that give the snapshot judge by the same
        new SnapshotJoin(settings, keys, checkpoint.get(), disk).run(listening);
      }
    }
  }

  private void run(Consumer<InetSocketAddress> listening) {
    JoinAnswers answers = new JoinAnswers();
    NetworkSettings of = settings.networkSettings(settings.genesis().institutions());
    try (PeerNetwork network = new PeerNetwork(of, keys.tls(), answers)) {
      listening.accept(network.listen());
      network.connect();
      Join join = new Join(settings.home(), settings.genesis(), checkpoint, disk);
      Peers peers = new Peers(network, answers, settings.genesis().institutions().size());
      String told = "";
      for (Optional<String> lacking = attempt(join, peers);
          lacking.isPresent();
          lacking = attempt(join, peers)) {
        if (!lacking.get().equals(told)) {
          LOG.info("joining by a snapshot: {}", lacking.get());
          told = lacking.get();
        }
        answers.pause(PAUSE_MS);
      }
      LOG.info("joined by a snapshot");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeException(
          NodeException.Reason.INTERRUPTED, "interrupted while joining by a snapshot", e);
    }
  }

  private static Optional<String> attempt(Join join, Peers peers) throws InterruptedException {
    return join.attempt(
        peers, Instant.now(), what -> LOG.info("joining by a snapshot: fetching {}", what));
  }

  private record Peers(PeerNetwork network, JoinAnswers answers, int count)
      implements SnapshotPeers {
    @Override
    public List<Integer> connected() {
      return IntStream.range(0, count).filter(network::isConnected).boxed().toList();
    }

    @Override
    public Optional<SnapshotMessage> ask(int peer, SnapshotMessage request)
        throws InterruptedException {
      BlockingQueue<SnapshotMessage> waiting = answers.expect(peer, request);
      network.send(peer, request);
      return Optional.ofNullable(waiting.poll(ANSWER_MS, TimeUnit.MILLISECONDS));
    }

    @Override
    public void ban(int peer) {
      LOG.warn("peer {} sent a part of a snapshot that is not true", peer);
      network.ban(peer, BAN_MS);
    }
  }
}
