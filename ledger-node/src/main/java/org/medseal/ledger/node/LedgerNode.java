package org.medseal.ledger.node;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.medseal.ledger.api.Blobs;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerAudit;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.api.RecordReference;
import org.medseal.ledger.app.LedgerApplication;
import org.medseal.ledger.app.SignatureChecks;
import org.medseal.ledger.blob.BlobService;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.EmbeddedEngineCore;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.mempool.Mempool;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.LedgerRules;
import org.medseal.ledger.model.Transaction;
import org.medseal.ledger.net.PeerListener;
import org.medseal.ledger.net.PeerNetwork;
import org.medseal.ledger.snapshot.SnapshotFolder;
import org.medseal.ledger.store.LedgerFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One institution's ledger node with the embedded engine. A broken invariant or disk stops it: it
 * leaves the network, answers reads from what it has, and refuses everything else.
 */
public final class LedgerNode implements Ledger, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerNode.class);

  /** Recovery may have to execute many blocks. */
  private static final long START_WAIT_MS = Long.MAX_VALUE;

  private final NodeSettings settings;
  private final Resources resources = new Resources();
  private final LedgerFiles files;
  private final H2Index index;
  private final DecidedBlocks decided;
  private final LedgerApplication application;
  private final Mempool mempool;
  private final ChecksAhead checksAhead;
  private final EngineThread thread;
  private final StatusDesk desk;
  private final NodeSnapshots snapshots;
  private final BlockServer server;
  private final PeerNetwork network;
  private final PeerUpdates peers;
  private final EmbeddedEngineCore core;
  private final Submissions submissions;
  private final BlobService blobs;
  private final BlockFeed feed;
  private final LedgerAudit audit;
  private final FailureNotice failure = new FailureNotice();
  private volatile boolean started;

  private LedgerNode(NodeSettings settings, NodeKeys keys, Disk disk, int rules) {
    this.settings = settings;
    Genesis genesis = settings.genesis();
    keys.requireFit(genesis, settings.institution(), settings.tuning().joining());
    try {
      files = resources.add(LedgerFiles.open(settings.home(), disk, rules));
      SnapshotFolder folder = NodeSnapshots.folder(settings, files.blocks(), disk);
      index = NodeSnapshots.index(settings, folder, files.blocks(), resources);
      decided = new DecidedBlocks(files, index);
      SignatureChecks checks = resources.add(SignatureChecks.standard());
      application = new LedgerApplication(genesis, index, checks);
      mempool = new Mempool(settings.mempoolLimits());
      checksAhead =
          resources.add(
              new ChecksAhead(
                  ChecksAhead.standardThreads(),
                  this::failedAhead,
                  new FirstCheck(application, mempool, this::core)));
      thread =
          new EngineThread("ledger-engine-" + settings.institution(), this::onTimer, this::failed);
      desk = new StatusDesk(thread, files);
      network =
          resources.add(
              new PeerNetwork(
                  settings.networkSettings(application.registered()).withRules(rules),
                  keys.tls(),
                  ears()));
      peers = new PeerUpdates(application, network);
      snapshots =
          resources.add(
              NodeSnapshots.of(
                  settings,
                  folder,
                  files.blocks(),
                  application,
                  new NodeSnapshots.Reached(
                      new LedgerCopy(genesis, files.blocks(), index), network)));
      server = resources.add(new BlockServer(files.blocks(), snapshots::answer, network::send));
      core =
          new EmbeddedEngineCore(
              settings.engineSettings(),
              application,
              mempool,
              new NodeEnvironment(thread, network, files, keys.signer()));
      blobs = resources.add(BlobService.open(settings.home(), disk, blobNode(keys)));
      submissions = new Submissions(thread, application, core, blobs::submitted);
      feed = resources.add(new BlockFeed(decided::committedBlock));
      audit = CopyAudit.of(settings.home(), genesis, files.blocks(), index);
      core.onCommitted(this::committed);
    } catch (RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  private NodeBlobs blobNode(NodeKeys keys) {
    return new NodeBlobs(
        settings,
        keys,
        files,
        application,
        network,
        new NodeBlobs.Engine(thread, core),
        core.stem());
  }

  /**
   * Opens the home without joining the network; StoreException LOCKED if another instance has it,
   * OTHER_VERSION if its blocks were decided under newer rules, NodeException WRONG_KEYS if the
   * keys are not the institution's. An empty home that is to join by a snapshot is filled first,
   * over the network, for as long as that takes.
   */
  public static LedgerNode open(NodeSettings settings, NodeKeys keys) {
    SnapshotJoin.ifEmpty(settings, keys, address -> {});
    return open(settings, keys, Disk.real());
  }

  static LedgerNode open(NodeSettings settings, NodeKeys keys, Disk disk) {
    return new LedgerNode(settings, keys, disk, LedgerRules.NUMBER);
  }

  /** As a MedSeal of other ledger rules would. */
  static LedgerNode open(NodeSettings settings, NodeKeys keys, int rules) {
    return new LedgerNode(settings, keys, Disk.real(), rules);
  }

  /** Listens, recovers and takes part; NetException CANNOT_LISTEN if the port is taken. */
  public InetSocketAddress start() {
    CompletableFuture<Boolean> recovered = thread.queue(this::recover); // ahead of any peer
    InetSocketAddress address = listen();
    started = true;
    thread.start();
    thread.await(recovered, START_WAIT_MS);
    blobs.start();
    snapshots.start();
    network.connect();
    LOG.info(
        "{} listens for peers on {} at height {}",
        settings.institution(),
        address,
        files.blocks().height());
    return address;
  }

  private InetSocketAddress listen() {
    try {
      return network.listen();
    } catch (RuntimeException e) {
      thread.stop();
      throw e;
    }
  }

  private boolean recover() {
    core.start();
    peers.look();
    feed.committed(files.blocks().height());
    return true;
  }

  @Override
  public Genesis genesis() {
    return settings.genesis();
  }

  @Override
  public String institution() {
    return settings.institution();
  }

  @Override
  public Verdict submit(Transaction transaction) {
    return submissions.submit(transaction);
  }

  @Override
  public Blobs blobs() {
    return blobs;
  }

  @Override
  public Optional<CommittedTransaction> find(Hash transactionId) {
    return decided.find(transactionId);
  }

  @Override
  public List<RecordReference> recordsByTags(Collection<Hash> tags) {
    return index.recordsByTags(tags);
  }

  @Override
  public LedgerView view() {
    return application.view();
  }

  @Override
  public Optional<Block> block(long height) {
    return stored(height).map(StoredBlock::block);
  }

  @Override
  public LedgerAudit audit() {
    return audit;
  }

  /** With its certificate. */
  public Optional<StoredBlock> stored(long height) {
    return decided.stored(height);
  }

  /**
   * The engine's own answer, or its last one with the reason why it gives none. Throws nothing: of
   * a node that does not run, the step is STOPPED and no peer is connected.
   */
  @Override
  public EngineStatus status() {
    return refusedPeers(peersWithoutDisk(desk.ask(core)));
  }

  /** Whoever runs another version of MedSeal is not connected for that reason. */
  private EngineStatus refusedPeers(EngineStatus status) {
    EngineStatus told = status;
    List<Institution> registered = application.registered();
    for (int peer = 0; peer < registered.size(); peer++) {
      Optional<String> why = network.whyRefused(peer);
      if (why.isPresent()) {
        told = told.refused(registered.get(peer).name(), why.get());
      }
    }
    return told;
  }

  /** Records of this node may wait for receipts that such a peer cannot give. */
  private EngineStatus peersWithoutDisk(EngineStatus status) {
    EngineStatus warned = status;
    List<Institution> registered = application.registered();
    for (int peer : blobs.fullPeers()) {
      if (peer < registered.size()) {
        warned =
            warned.warning(
                registered.get(peer).name()
                    + " takes in no chunks of others: the rest of its disk is reserved");
      }
    }
    return warned;
  }

  /**
   * Called once with what stopped the node, on a thread of its own; at once if it has failed
   * already. A failed node does not recover in this process.
   */
  public void onFailure(Consumer<Throwable> listener) {
    failure.listen(listener);
  }

  /**
   * Why this validator signs nothing though it runs, when its disk was found to be older than what
   * it has signed, or was restored; empty while it signs.
   */
  public Optional<String> silence() {
    return files.silence().reason();
  }

  @Override
  public Listening onBlock(long fromHeight, Consumer<CommittedBlock> listener) {
    return feed.subscribe(fromHeight, listener);
  }

  /** Leaves the network, then closes the files. */
  @Override
  public void close() {
    network.close();
    if (started) {
      thread.stop();
    }
    resources.close();
  }

  private PeerListener ears() {
    return new Ears(
        thread,
        checksAhead,
        new Ears.Parts(this::core, () -> server, () -> snapshots, () -> blobs));
  }

  private EmbeddedEngineCore core() {
    return core;
  }

  private void onTimer(TimerId id) {
    core.onTimer(id);
  }

  private void failedAhead(Error cause) {
    thread.fail(cause);
  }

  private void committed(StoredBlock block) {
    decided.committed(block);
    blobs.committed(
        block.height(),
        block.certificate().blockId(),
        NodeBlobs.blobs(block.block().transactions()));
    peers.look();
    snapshots.committed(block.height());
    feed.committed(block.height());
  }

  private void failed(Throwable cause) {
    LOG.error("the ledger node of {} stops", settings.institution(), cause);
    failure.tellAfter(network::close, cause);
  }
}
