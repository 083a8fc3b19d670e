package org.medseal.ledger.node;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.medseal.ledger.codec.Limits;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.embedded.BlockStore.StoredBlock;
import org.medseal.ledger.engine.embedded.EmbeddedEngineCore;
import org.medseal.ledger.engine.embedded.EngineSettings;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.mempool.Mempool;
import org.medseal.ledger.mempool.MempoolLimits;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.Transaction;
import org.medseal.ledger.net.NetworkSettings;
import org.medseal.ledger.net.PeerListener;
import org.medseal.ledger.net.PeerNetwork;
import org.medseal.ledger.store.LedgerFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One institution's ledger node with the embedded engine. A broken invariant or disk stops it: it
 * leaves the network, answers reads from what it has, and refuses everything else.
 */
public final class LedgerNode implements Ledger, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerNode.class);
  private static final long STATUS_WAIT_MS = 2_000;

  /** Recovery may have to execute many blocks. */
  private static final long START_WAIT_MS = Long.MAX_VALUE;

  private final NodeSettings settings;
  private final Resources resources = new Resources();
  private final LedgerFiles files;
  private final H2Index index;
  private final LedgerApplication application;
  private final Mempool mempool;
  private final ChecksAhead checksAhead;
  private final EngineThread thread;
  private final BlockServer server;
  private final PeerNetwork network;
  private final EmbeddedEngineCore core;
  private final Submissions submissions;
  private final BlobService blobs;
  private final BlockFeed feed;
  private final LedgerAudit audit;
  private final FailureNotice failure = new FailureNotice();
  private volatile Optional<StoredBlock> newest = Optional.empty();
  private volatile Optional<EngineStatus> lastStatus = Optional.empty();
  private volatile boolean started;
  private List<Institution> peers = List.of(); // engine thread
  private Set<String> dismissedPeers = Set.of(); // engine thread

  private LedgerNode(NodeSettings settings, NodeKeys keys, Disk disk) {
    this.settings = settings;
    Genesis genesis = settings.genesis();
    keys.requireFit(genesis, settings.institution(), settings.tuning().joining());
    try {
      files = resources.add(LedgerFiles.open(settings.home(), disk));
      index =
          resources.add(H2Index.open(settings.home().resolve("index"), files.blocks().height()));
      SignatureChecks checks = resources.add(SignatureChecks.standard());
      application = new LedgerApplication(genesis, index, checks);
      mempool = new Mempool(mempoolLimits(genesis));
      checksAhead =
          resources.add(
              new ChecksAhead(ChecksAhead.standardThreads(), this::failedAhead, this::checkAhead));
      thread =
          new EngineThread("ledger-engine-" + settings.institution(), this::onTimer, this::failed);
      network =
          resources.add(
              new PeerNetwork(networkSettings(settings, application), keys.tls(), ears()));
      server = resources.add(new BlockServer(files.blocks(), network::send));
      core =
          new EmbeddedEngineCore(
              new EngineSettings(
                  genesis,
                  settings.institution(),
                  settings.tuning().timeouts(),
                  settings.tuning().pacing(),
                  settings.tuning().checkpoint()),
              application,
              mempool,
              new NodeEnvironment(thread, network, files, keys.signer()));
      submissions = new Submissions(thread, application, core);
      blobs = resources.add(BlobService.open(settings.home(), disk, blobNode(keys)));
      feed = resources.add(new BlockFeed(this::committedBlock));
      audit =
          new CopyAudit(
              genesis,
              new LedgerCopy(genesis, files.blocks(), index),
              new DiskMeter(settings.home(), files.blocks(), InstantSource.system()));
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
   * NodeException WRONG_KEYS if the keys are not the institution's.
   */
  public static LedgerNode open(NodeSettings settings, NodeKeys keys) {
    return open(settings, keys, Disk.real());
  }

  static LedgerNode open(NodeSettings settings, NodeKeys keys, Disk disk) {
    return new LedgerNode(settings, keys, disk);
  }

  /** Listens, recovers and takes part; NetException CANNOT_LISTEN if the port is taken. */
  public InetSocketAddress start() {
    CompletableFuture<Boolean> recovered = thread.queue(this::recover); // ahead of any peer
    InetSocketAddress address = listen();
    started = true;
    thread.start();
    thread.await(recovered, START_WAIT_MS);
    blobs.start();
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
    updatePeers();
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
    Verdict verdict = submissions.submit(transaction);
    if (verdict.isOk()
        && transaction instanceof RecordTransaction record
        && record.witness().payload() instanceof Payload.Blob blob) {
      blobs.submitted(blob);
    }
    return verdict;
  }

  @Override
  public Blobs blobs() {
    return blobs;
  }

  @Override
  public Optional<CommittedTransaction> find(Hash transactionId) {
    return index
        .locate(transactionId)
        .flatMap(
            place ->
                block(place.height())
                    .map(
                        block ->
                            new CommittedTransaction(
                                transactionId,
                                place.height(),
                                place.index(),
                                block.header().timeMs(),
                                block.transactions().get(place.index()).transaction())));
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
    Optional<StoredBlock> recent = newest.filter(each -> each.height() == height);
    return recent.isPresent() ? recent : files.blocks().block(height);
  }

  /**
   * The engine's own answer, or its last one with the reason why it gives none. Throws nothing: of
   * a node that does not run, the step is STOPPED and no peer is connected.
   */
  @Override
  public EngineStatus status() {
    try {
      Optional<EngineStatus> status = thread.call(core::status, STATUS_WAIT_MS);
      if (status.isPresent()) {
        lastStatus = status;
        return status.get();
      }
    } catch (NodeException e) {
      if (e.reason() != NodeException.Reason.INTERRUPTED) {
        return LastStatus.stopped(lastKnown(), thread.failure());
      }
    }
    return LastStatus.busy(lastKnown(), STATUS_WAIT_MS);
  }

  private EngineStatus lastKnown() {
    return lastStatus.orElseGet(
        () -> new EngineStatus(files.blocks().height(), Hash.ZERO, 0, "IDLE", "", 0, List.of()));
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
    return new Ears(thread, checksAhead, new Ears.Parts(() -> core, () -> server, () -> blobs));
  }

  private void onTimer(TimerId id) {
    core.onTimer(id);
  }

  private void failedAhead(Error cause) {
    thread.fail(cause);
  }

  private ChecksAhead.Finding checkAhead(int peer, IdentifiedTransaction transaction) {
    if (core.isBanned(peer)) {
      return ChecksAhead.Finding.DROP;
    }
    if (mempool.contains(transaction.id())) {
      return ChecksAhead.Finding.KEEP;
    }
    Verdict verdict = application.check(transaction);
    if (EmbeddedEngineCore.isBlamed(transaction, verdict)) {
      return ChecksAhead.Finding.BLAME;
    }
    return verdict.isOk() || verdict.code() == Verdict.Code.ALREADY_COMMITTED
        ? ChecksAhead.Finding.KEEP
        : ChecksAhead.Finding.DROP;
  }

  private void committed(StoredBlock block) {
    newest = Optional.of(block);
    blobs.committed(
        block.height(),
        block.certificate().blockId(),
        NodeBlobs.blobs(block.block().transactions()));
    updatePeers();
    feed.committed(block.height());
  }

  private CommittedBlock committedBlock(long height) {
    StoredBlock stored =
        stored(height).orElseThrow(() -> new IllegalStateException("no block at height " + height));
    return new CommittedBlock(
        height,
        stored.block().header().timeMs(),
        stored.certificate().blockId(),
        stored.block().transactions());
  }

  private void failed(Throwable cause) {
    LOG.error("the ledger node of {} stops", settings.institution(), cause);
    // Not on the engine thread: a listener may end the process, which waits for that thread.
    Thread leaving = new Thread(() -> leave(cause), "ledger-leave");
    leaving.setDaemon(true);
    leaving.start();
  }

  private void leave(Throwable cause) {
    try {
      network.close();
    } finally {
      failure.tell(cause);
    }
  }

  /** On the engine thread, after each block. */
  private void updatePeers() {
    List<Institution> all = application.registered();
    Set<String> dismissed = application.dismissed();
    if (!all.equals(peers) || !dismissed.equals(dismissedPeers)) {
      network.update(all, dismissed);
      peers = all;
      dismissedPeers = dismissed;
    }
  }

  private static NetworkSettings networkSettings(
      NodeSettings settings, LedgerApplication application) {
    return new NetworkSettings(
        settings.genesis(),
        settings.institution(),
        application.registered(),
        settings.tuning().joining(),
        settings.bind(),
        settings.tuning().addresses(),
        settings.tuning().network());
  }

  private static MempoolLimits mempoolLimits(Genesis genesis) {
    return MempoolLimits.defaults(
        Math.min(Limits.TRANSACTION, genesis.parameters().maxBlockBytes()));
  }
}
