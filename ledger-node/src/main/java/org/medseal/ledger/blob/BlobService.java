package org.medseal.ledger.blob;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.api.BlobSink;
import org.medseal.ledger.api.BlobStatus;
import org.medseal.ledger.api.Blobs;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobMessage;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/**
 * A node's blobs: what it keeps, what it sends on its way, what it fetches. Disk and peers are
 * dealt with on a thread of its own, which the engine never waits for.
 */
public final class BlobService implements Blobs, AutoCloseable {
  /** Messages of one peer not yet looked at; what comes above is dropped, and asked for again. */
  private static final int MAX_WAITING = 256;

  private final BlobSurroundings node;
  private final Places places;
  private final BlobKeeping keeping;
  private final BlobThread thread;
  private final Map<Integer, AtomicInteger> waiting = new ConcurrentHashMap<>();

  private BlobService(Path home, Disk disk, BlobSurroundings node) {
    this.node = node;
    Path folder = home.toAbsolutePath().resolve("blobs");
    this.places =
        Places.open(folder, disk, node.genesis().parameters().blobs(), node.diskReserveBytes());
    BlobCatalog catalog =
        BlobCatalog.open(
            folder.resolve("catalog"), disk, each -> places.kept().committed(each.blob()));
    this.keeping = new BlobKeeping(node, places, catalog);
    this.thread = new BlobThread("ledger-blobs-" + node.institution(), keeping::work, node::failed);
  }

  /** Uses {@code home/blobs}; nothing runs yet. */
  public static BlobService open(Path home, Disk disk, BlobSurroundings node) {
    return new BlobService(home, disk, node);
  }

  /** Reads the blocks the catalog lacks, then takes part. */
  public void start() {
    thread.execute(() -> keeping.catchUp(node.height()));
    thread.start();
  }

  /** Peers that have said not long ago that they have no disk for others' chunks. */
  public List<Integer> fullPeers() {
    return keeping.fullPeers();
  }

  /** A block is durable; on the engine thread. */
  public void committed(long height, Hash blockId, List<Payload.Blob> blobs) {
    thread.execute(() -> keeping.committed(height, blockId, blobs));
  }

  /** A record naming this blob was submitted here: it goes on its way, if it was sealed here. */
  public void submitted(Payload.Blob blob) {
    thread.execute(() -> keeping.submitted(blob));
  }

  /** On a network thread. */
  public void onMessage(int peer, BlobMessage message, Runnable handled) {
    AtomicInteger count = waiting.computeIfAbsent(peer, each -> new AtomicInteger());
    boolean taken = count.incrementAndGet() <= MAX_WAITING;
    boolean queued =
        taken
            && thread.execute(
                () -> {
                  count.decrementAndGet();
                  try {
                    keeping.onMessage(peer, message);
                  } finally {
                    handled.run();
                  }
                });
    if (!queued) {
      count.decrementAndGet();
      handled.run();
    }
  }

  /** Whether a peer owes a chunk; from any thread. */
  public boolean isAwaitedFrom(int peer) {
    return keeping.isAwaitedFrom(peer);
  }

  public void onConnected(int peer) {
    thread.execute(() -> keeping.onConnected(peer));
  }

  public void onDisconnected(int peer) {
    thread.execute(() -> keeping.onDisconnected(peer));
  }

  @Override
  public BlobSink create() {
    return places.outgoing().create(node.height());
  }

  @Override
  public InputStream open(Payload.Blob blob) {
    return new BlobStream(blob, this::chunk);
  }

  /** From this disk, own ones included, else from a peer. */
  private CompletableFuture<byte[]> chunk(Payload.Blob blob, int index) {
    Optional<Copy> here = places.any(blob);
    if (here.isPresent()) {
      try {
        return CompletableFuture.completedFuture(here.get().read(index));
      } catch (BlobException e) {
        thread.execute(() -> keeping.damaged(here.get(), index, e));
      }
    }
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    boolean queued = thread.execute(() -> fetch(blob, index, answer));
    if (!queued) {
      answer.completeExceptionally(
          new BlobException(BlobException.Reason.CLOSED, "the node is closing"));
    }
    return answer;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the answer is completed either way
  private void fetch(Payload.Blob blob, int index, CompletableFuture<byte[]> answer) {
    keeping
        .fetch(blob, index)
        .whenComplete(
            (chunk, failure) -> {
              if (failure == null) {
                answer.complete(chunk);
              } else {
                answer.completeExceptionally(failure);
              }
            });
  }

  @Override
  public BlobStatus status() {
    return keeping.status();
  }

  @Override
  public void close() {
    thread.stop();
    keeping.close();
  }
}
