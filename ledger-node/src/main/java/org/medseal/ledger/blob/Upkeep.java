package org.medseal.ledger.blob;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.ValidatorSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What time brings: receipts repeated, blobs that this node should keep and lacks fetched from the
 * others (after damage, a lost disk, a changed validator set), blobs that no record came for
 * deleted. One thread calls it.
 */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final long VOUCH_MS = 5_000;
  private static final long MISSING_MS = 1_000;
  private static final long RETRY_MS = 5_000;
  private static final long EXPIRY_MS = 10_000;

  /** Whatever has been lost, and however, is missed after this time. */
  private static final long LOOK_AGAIN_MS = 600_000;

  private static final int LOOK_AT = 2_000;
  private static final int MAX_MISSING = 4_096;
  private static final int MAX_VOUCHED = 256;

  /** Nodes may be some blocks apart. */
  private static final int GRACE_BLOCKS = 100;

  private final BlobSurroundings node;
  private final Places places;
  private final BlobStore store;
  private final BlobCatalog catalog;
  private final ReplicaPeers replicas;
  private final Map<Hash, Payload.Blob> missing = new LinkedHashMap<>();
  private final Map<Hash, Long> triedMs = new HashMap<>();
  private final PartWatch parts;
  private final List<Hash> ended = new ArrayList<>();
  private Optional<ValidatorSet> lookedFor = Optional.empty();
  private long cursor;
  private long beganLookMs;
  private long vouchedMs;
  private long missedMs;
  private long expiredMs;
  private long renewedFor;

  Upkeep(BlobSurroundings node, Places places, BlobCatalog catalog, ReplicaPeers replicas) {
    this.node = node;
    this.places = places;
    this.store = places.kept();
    this.parts = new PartWatch(store);
    this.catalog = catalog;
    this.replicas = replicas;
  }

  long missing() {
    return missing.size();
  }

  /** Blobs whose way is over since the last call. */
  List<Hash> ended() {
    List<Hash> now = List.copyOf(ended);
    ended.clear();
    return now;
  }

  void lookAgain() {
    cursor = 0;
  }

  void vouchAgainSoon() {
    vouchedMs = 0;
  }

  /** A record on the ledger names it. */
  void committed(Payload.Blob blob, Downloads downloads) {
    Hash root = blob.chunkRoot();
    ended.add(root);
    if (!replicas.isOwn(root)) {
      downloads.giveUp(root);
      places.outgoing().drop(root);
      store.find(root).filter(each -> !each.isWhole()).ifPresent(each -> store.abandon(root));
    } else if (store.isWhole(blob)) {
      places.outgoing().drop(root);
    } else {
      miss(blob);
    }
  }

  /** More of it is damaged than can be told apart: it is fetched again, if it is to be here. */
  void lost(Payload.Blob blob) {
    boolean named = store.find(blob.chunkRoot()).filter(Held::committed).isPresent();
    store.abandon(blob.chunkRoot());
    if (named && replicas.isOwn(blob.chunkRoot())) {
      miss(blob);
    }
  }

  private void miss(Payload.Blob blob) {
    if (missing.size() < MAX_MISSING) {
      missing.putIfAbsent(blob.chunkRoot(), blob);
    }
  }

  /** It is here, after all. */
  void found(Hash chunkRoot) {
    triedMs.remove(chunkRoot);
    Payload.Blob blob = missing.remove(chunkRoot);
    if (blob != null) {
      store.committed(blob);
      places.outgoing().drop(chunkRoot);
    }
  }

  void tick(long nowMs, Downloads downloads) {
    if (nowMs - vouchedMs >= VOUCH_MS) {
      vouchedMs = nowMs;
      vouchAgain();
    }
    if (nowMs - missedMs >= MISSING_MS) {
      missedMs = nowMs;
      look(nowMs);
      fetchMissing(nowMs, downloads);
    }
    if (nowMs - expiredMs >= EXPIRY_MS) {
      expiredMs = nowMs;
      expire(nowMs, downloads);
    }
  }

  /** Whoever has started since, or whose set has changed, has not heard. */
  private void vouchAgain() {
    store.all().stream()
        .filter(this::mayVouch)
        .filter(each -> replicas.isOwn(each.chunkRoot()))
        .limit(MAX_VOUCHED)
        .forEach(each -> replicas.vouch(payload(each)));
  }

  /**
   * Not on the ledger yet, and not so old that every record naming it has expired: what is signed
   * now counts for {@code maxExpiryBlocks}, and so long it is to stay.
   */
  boolean mayVouch(Held held) {
    return held.isWhole()
        && !held.committed()
        && node.height() <= held.height() + maxExpiryBlocks() + GRACE_BLOCKS;
  }

  private long maxExpiryBlocks() {
    return node.genesis().parameters().maxExpiryBlocks();
  }

  private static Payload.Blob payload(Held held) {
    return new Payload.Blob(
        held.chunkRoot(), held.sizeBytes(), Payload.Blob.chunks(held.sizeBytes()));
  }

  /**
   * Part of the catalog, so that a long one costs no long time; all of it again for a changed set
   * and from time to time.
   */
  private void look(long nowMs) {
    ValidatorSet now = node.validators();
    boolean isOver = cursor >= catalog.entries() && nowMs - beganLookMs >= LOOK_AGAIN_MS;
    if (isOver || !lookedFor.equals(Optional.of(now))) {
      lookedFor = Optional.of(now);
      beganLookMs = nowMs;
      cursor = 0;
    }
    long end = Math.min(catalog.entries(), cursor + LOOK_AT);
    for (; cursor < end && missing.size() < MAX_MISSING; cursor++) {
      catalog
          .blobAt(cursor)
          .map(BlobCatalog.Entry::blob)
          .filter(each -> !store.isWhole(each) && replicas.isOwn(each.chunkRoot()))
          .ifPresent(this::miss);
    }
  }

  private void fetchMissing(long nowMs, Downloads downloads) {
    missing.values().removeIf(each -> !replicas.isOwn(each.chunkRoot()));
    triedMs.keySet().retainAll(missing.keySet());
    for (Payload.Blob blob : List.copyOf(missing.values())) {
      if (downloads.isFull()) {
        return;
      }
      Long tried = triedMs.get(blob.chunkRoot());
      if (tried == null || nowMs - tried >= RETRY_MS) {
        triedMs.put(blob.chunkRoot(), nowMs);
        LOG.info("blob {} is to be kept here and is fetched", blob.chunkRoot());
        downloads.fetch(blob, replicas.sources(blob.chunkRoot()));
      }
    }
  }

  /** Blocks that this node was behind, as after a start, are nobody's delay. */
  private void renew() {
    long height = node.height();
    if (height - renewedFor > GRACE_BLOCKS) {
      store.renew(height);
    }
    renewedFor = height;
  }

  private void expire(long nowMs, Downloads downloads) {
    renew();
    long expired = node.height() - maxExpiryBlocks() - GRACE_BLOCKS;
    for (Held each : places.outgoing().all()) {
      if (each.height() < expired) {
        ended.add(each.chunkRoot());
        places.outgoing().drop(each.chunkRoot());
      }
    }
    long before = expired - maxExpiryBlocks() - GRACE_BLOCKS;
    parts.forget();
    for (Held each : store.all()) {
      boolean idle =
          !each.isWhole() && !downloads.isRunning(each.chunkRoot()) && parts.isGivenUp(each, nowMs);
      if (!each.committed() && (each.height() < before || idle)) {
        ended.add(each.chunkRoot());
        store.abandon(each.chunkRoot());
      }
    }
  }
}
