package org.medseal.ledger.snapshot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.engine.embedded.Base;
import org.medseal.ledger.engine.embedded.BlockAnswers;
import org.medseal.ledger.engine.embedded.OlderBlock;
import org.medseal.ledger.engine.embedded.OlderChain;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderRequest;
import org.medseal.ledger.engine.embedded.PeerMessage.OlderResponse;
import org.medseal.ledger.store.OlderBlocks;
import org.medseal.ledger.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the blocks from before the snapshot a node joined by, downwards, a few from each peer in
 * turn, and keeps those that the chain of parents proves. Goes on where it was after a restart;
 * peers that do not have them are asked again later. Blocks; one thread.
 */
public final class OlderFetch {
  private static final Logger LOG = LoggerFactory.getLogger(OlderFetch.class);
  private static final long PAUSE_MS = 1_000;
  private static final long RETRY_MS = 5_000;

  /** Answers are written together, so that there are few files. */
  private static final int BLOCKS_PER_FILE = 1_024;

  private static final long BYTES_PER_FILE = 8L << 20;

  private final String chainId;
  private final Base base;
  private final OlderBlocks older;
  private final Surroundings peers;
  private final List<OlderBlock> unwritten = new ArrayList<>();
  private final Set<String> told = new HashSet<>(); // kinds of trouble

  /** Who is asked, and when to give up. */
  public interface Surroundings extends SnapshotPeers {
    /** Whether the node is closing: what is not written is asked for anew another time. */
    boolean isClosed();

    /** Returns early when the node closes. */
    void pause(long ms) throws InterruptedException;
  }

  public OlderFetch(String chainId, Base base, OlderBlocks older, Surroundings peers) {
    this.chainId = chainId;
    this.base = base;
    this.older = older;
    this.peers = peers;
  }

  /** Returns when all are here, or the node closes. */
  public void run() throws InterruptedException {
    LOG.info("blocks 1 to {} are fetched in the background", older.lowest() - 1);
    while (!peers.isClosed() && older.lowest() > 1) {
      attempt();
    }
    if (older.lowest() == 1) {
      LOG.info("all blocks since the genesis are here");
    }
  }

  /** Until all is here, or closed, or something goes wrong. */
  private void attempt() throws InterruptedException {
    try {
      OlderChain chain = chain();
      while (!peers.isClosed() && chain.next() > 0) {
        round(chain);
      }
      write();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // the thread's edge: the node works without the older blocks
      if (told.add(kind(e))) {
        LOG.error("blocks below {} cannot be fetched at present", older.lowest(), e);
      }
      unwritten.clear();
      peers.pause(RETRY_MS);
    }
  }

  private static String kind(Exception e) {
    return e instanceof StoreException store ? store.reason().name() : e.getClass().getName();
  }

  private OlderChain chain() {
    return older
        .block(older.lowest())
        .map(each -> OlderChain.below(chainId, each))
        .orElseGet(() -> OlderChain.below(chainId, base));
  }

  /** Everybody who is connected once; a pause if that brought nothing. */
  private void round(OlderChain chain) throws InterruptedException {
    long before = chain.next();
    for (int peer : peers.connected()) {
      if (peers.isClosed() || chain.next() == 0) {
        return;
      }
      ask(peer, chain);
    }
    if (chain.next() == before) {
      write();
      peers.pause(PAUSE_MS);
    }
  }

  private void ask(int peer, OlderChain chain) throws InterruptedException {
    for (OlderBlock each : answer(peer, chain.next())) {
      Optional<OlderBlock> accepted = chain.next() == 0 ? Optional.empty() : chain.accept(each);
      if (accepted.isEmpty()) {
        LOG.warn("peer {} sent a block that is not block {}", peer, chain.next());
        peers.ban(peer);
        return;
      }
      unwritten.add(accepted.get());
    }
    long bytes = unwritten.stream().mapToLong(each -> BlockAnswers.bytes(each.stored())).sum();
    if (unwritten.size() >= BLOCKS_PER_FILE || bytes >= BYTES_PER_FILE) {
      write();
    }
  }

  /** None if there is no answer in time. */
  private List<OlderBlock> answer(int peer, long height) throws InterruptedException {
    return peers
        .ask(peer, new OlderRequest(height))
        .map(each -> ((OlderResponse) each).blocks())
        .orElseGet(List::of);
  }

  private void write() {
    if (!unwritten.isEmpty()) {
      older.append(unwritten);
      unwritten.clear();
    }
  }
}
