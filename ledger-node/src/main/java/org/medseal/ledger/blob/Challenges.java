package org.medseal.ledger.blob;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.medseal.crypto.Digests;
import org.medseal.ledger.api.BlobStatus.Challenged;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.Domain;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.Validator;

/**
 * Every so many blocks each replica is asked, by the others that keep the same blob, for one chunk
 * that the block's hash chooses: nobody knows before which. The answer is the chunk itself with its
 * proof, so that keeping the hashes alone is of no use. One thread calls it.
 */
final class Challenges {
  private static final int MOST_STEPS = 64;
  private static final int MAX_WAITING = 1_024;

  private final BlobSurroundings node;
  private final ReplicaPeers replicas;
  private final Map<String, Count> counts = new TreeMap<>();

  private static final class Count {
    private long asked;
    private long answered;
  }

  /** One chunk of a blob that a validator is to show. */
  record Challenge(Validator of, Payload.Blob blob, int index) {}

  Challenges(BlobSurroundings node, ReplicaPeers replicas) {
    this.node = node;
    this.replicas = replicas;
  }

  boolean isDue(long height) {
    return height % node.genesis().parameters().blobs().challengeBlocks() == 0;
  }

  /** For each validator, this node's own included, one of the blobs both keep. */
  List<Challenge> of(Hash blockId, BlobCatalog catalog) {
    List<Challenge> all = new ArrayList<>();
    for (Validator each : node.validators().validators()) {
      draw(blockId, each, catalog).ifPresent(all::add);
    }
    return all;
  }

  private Optional<Challenge> draw(Hash blockId, Validator validator, BlobCatalog catalog) {
    long entries = catalog.entries();
    byte[] drawn =
        Digests.sha256(
            new CanonicalWriter()
                .domain(Domain.BLOB_CHALLENGE)
                .hash(blockId)
                .string(validator.institution())
                .toByteArray());
    ByteBuffer lots = ByteBuffer.wrap(drawn);
    long first = lots.getLong();
    int chunk = lots.getInt();
    for (long step = 0; step < Math.min(entries, MOST_STEPS); step++) {
      long at = Math.floorMod(first + step, entries);
      Optional<Payload.Blob> blob =
          catalog
              .blobAt(at)
              .map(BlobCatalog.Entry::blob)
              .filter(each -> areBothReplicas(each, validator));
      if (blob.isPresent()) {
        int index = Math.floorMod(chunk, blob.get().chunkCount());
        return Optional.of(new Challenge(validator, blob.get(), index));
      }
    }
    return Optional.empty();
  }

  private boolean areBothReplicas(Payload.Blob blob, Validator validator) {
    List<String> names =
        replicas.replicas(blob.chunkRoot()).stream().map(Validator::institution).toList();
    return names.contains(validator.institution()) && names.contains(node.institution());
  }

  /**
   * Asks for the chunk, unless too much is being asked for already.
   *
   * @param own whether this node has the chunk, if it is the one challenged
   */
  @SuppressWarnings("FutureReturnValueIgnored") // what does not come is not counted as answered
  void put(Challenge challenge, ChunkFetcher fetcher, BooleanSupplier own) {
    if (fetcher.waiting() > MAX_WAITING) {
      return;
    }
    Count count = counts.computeIfAbsent(challenge.of().institution(), name -> new Count());
    count.asked++;
    OptionalInt peer = node.peer(challenge.of().institution());
    if (challenge.of().institution().equals(node.institution())) {
      count.answered += own.getAsBoolean() ? 1 : 0;
    } else if (peer.isPresent()) {
      fetcher
          .fetch(challenge.blob(), challenge.index(), List.of(peer.getAsInt()), node.monotonicMs())
          .thenAccept(chunk -> count.answered++);
    }
  }

  List<Challenged> counts() {
    return counts.entrySet().stream()
        .map(each -> new Challenged(each.getKey(), each.getValue().asked, each.getValue().answered))
        .toList();
  }
}
