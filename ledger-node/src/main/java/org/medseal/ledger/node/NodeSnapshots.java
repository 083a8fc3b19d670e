package org.medseal.ledger.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.medseal.ledger.app.LedgerApplication;
import org.medseal.ledger.app.SnapshotState;
import org.medseal.ledger.engine.embedded.Base;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.engine.embedded.PeerMessage.SnapshotMessage;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.net.PeerNetwork;
import org.medseal.ledger.proof.TrustRules;
import org.medseal.ledger.snapshot.SnapshotAnswers;
import org.medseal.ledger.snapshot.SnapshotFolder;
import org.medseal.ledger.snapshot.SnapshotMaker;
import org.medseal.ledger.store.BlockSegments;
import org.medseal.ledger.store.JoinedFolder;

/** The node's part in snapshots: makes them, gives them, and fetches what came before its own. */
final class NodeSnapshots implements AutoCloseable {
  private final LedgerApplication application;
  private final SnapshotAnswers answers;
  private final Snapshots making;
  private final Optional<Backfill> backfill;

  private NodeSnapshots(
      LedgerApplication application,
      SnapshotAnswers answers,
      Snapshots making,
      Optional<Backfill> backfill) {
    this.application = application;
    this.answers = answers;
    this.making = making;
    this.backfill = backfill;
  }

  /** Where the home's snapshots are. */
  static SnapshotFolder folder(NodeSettings settings, BlockSegments blocks, Disk disk) {
    return SnapshotFolder.open(
        JoinedFolder.snapshots(settings.home(), blocks.base().isPresent()),
        disk,
        blocks.base().map(Base::height).orElse(0L));
  }

  static NodeSnapshots of(
      NodeSettings settings,
      SnapshotFolder folder,
      BlockSegments blocks,
      LedgerApplication application,
      Reached reached) {
    LedgerCopy copy = reached.copy();
    SnapshotAnswers.Headers headers =
        new SnapshotAnswers.Headers(
            copy, copy.validatorHistory(), TrustRules.trustPeriod(settings.genesis()).toMillis());
    return new NodeSnapshots(
        application,
        new SnapshotAnswers(folder, blocks, headers),
        new Snapshots(
            new SnapshotMaker(folder, blocks), settings.tuning().snapshots().everyBlocks()),
        Backfill.of(
            settings.genesis().chainId(), blocks, blocks.older(), reached.link(application)));
  }

  /** What the snapshots are about, and who is there to ask. */
  record Reached(LedgerCopy copy, PeerNetwork network) {
    Backfill.Link link(LedgerApplication application) {
      return new Backfill.Link() {
        @Override
        public List<Integer> connected() {
          return IntStream.range(0, application.institutions().size())
              .filter(network::isConnected)
              .boxed()
              .toList();
        }

        @Override
        public void send(int peer, PeerMessage message) {
          network.send(peer, message);
        }

        @Override
        public void ban(int peer, long forMs) {
          network.ban(peer, forMs);
        }
      };
    }
  }

  /**
   * The home's index, open. One that is empty, was lost or ends before the snapshot the node joined
   * by is begun anew with that snapshot.
   */
  static H2Index index(
      NodeSettings settings, SnapshotFolder folder, BlockSegments blocks, Resources resources) {
    Path files = settings.home().resolve("index");
    H2Index found = H2Index.open(files, blocks.height());
    Optional<Base> base = blocks.base().filter(each -> found.height() < each.height());
    if (base.isEmpty()) {
      return resources.add(found);
    }
    found.close();
    H2Index.discard(files);
    H2Index index = resources.add(H2Index.open(files, blocks.height()));
    restore(index, base.get(), folder);
    return index;
  }

  private static void restore(H2Index index, Base base, SnapshotFolder folder) {
    long height = base.height();
    Bytes state = folder.state(height);
    index.restore(
        new H2Index.Restored(
            height, base.blockId(), state, SnapshotState.decode(state.toArray()).history()),
        folder.lookups(height));
  }

  void start() {
    backfill.ifPresent(Backfill::start);
  }

  /** On the engine thread. */
  void committed(long height) {
    making.committed(height, application::encodedState);
  }

  /** On the serving thread; empty for what is no request. */
  BlockServer.Given answer(SnapshotMessage request) {
    return new BlockServer.Given(answers.to(request), answers.takeReadBytes());
  }

  /** Whether a peer owes blocks from before the own snapshot; from any thread. */
  boolean isAwaitedFrom(int peer) {
    return backfill.filter(each -> each.isAwaitedFrom(peer)).isPresent();
  }

  /** From a network thread. */
  void onOlder(int peer, OlderResponse response) {
    backfill.ifPresent(each -> each.onMessage(peer, response));
  }

  @Override
  public void close() {
    backfill.ifPresent(Backfill::close);
    making.close();
  }
}
