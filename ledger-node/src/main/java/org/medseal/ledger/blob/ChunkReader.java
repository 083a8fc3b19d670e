package org.medseal.ledger.blob;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.medseal.crypto.Digests;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.api.BlobException.Reason;
import org.medseal.ledger.merkle.InclusionProof;
import org.medseal.ledger.model.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads chunks of whole blobs and checks them against their root; a few trees stay in memory.
 * Hashes that are damaged are made anew from the chunks. From any thread.
 */
final class ChunkReader {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkReader.class);
  private static final int TREES = 4;

  private final AtomicLong rebuilt = new AtomicLong();
  private final Map<Hash, ChunkTree> trees =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, ChunkTree> eldest) {
          return size() > TREES;
        }
      };

  /** Lists of hashes that were damaged and are right again. */
  long rebuilt() {
    return rebuilt.get();
  }

  synchronized void forget(Hash chunkRoot) {
    trees.remove(chunkRoot);
  }

  byte[] read(BlobFile file, String suffix, int index) {
    try {
      byte[] chunk = file.read(index);
      Hash found = Hash.of(Digests.sha256(chunk));
      InclusionProof proof = tree(file, suffix).prove(index);
      if (!ChunkTree.isProven(found, proof, file.head().chunkRoot())) {
        throw damaged(file, index, null);
      }
      return chunk;
    } catch (IOException e) {
      throw damaged(file, index, e);
    }
  }

  private static BlobException damaged(BlobFile file, int index, IOException cause) {
    return new BlobException(
        Reason.DAMAGED,
        file.data() + ": chunk at offset " + BlobHead.chunkAt(index) + " is damaged",
        cause);
  }

  InclusionProof prove(BlobFile file, String suffix, int index) {
    try {
      return tree(file, suffix).prove(index);
    } catch (IOException e) {
      throw BlobStore.failed(e);
    }
  }

  private ChunkTree tree(BlobFile file, String suffix) throws IOException {
    synchronized (this) {
      ChunkTree known = trees.get(file.head().chunkRoot());
      if (known != null) {
        return known;
      }
    }
    Optional<ChunkTree> tree = right(file.hashes(suffix), file.head());
    if (tree.isEmpty()) {
      tree = rebuild(file, suffix);
    }
    ChunkTree right =
        tree.orElseThrow(
            () ->
                new BlobException(
                    Reason.DAMAGED, file.meta(suffix) + ": the chunks' hashes are damaged"));
    synchronized (this) {
      trees.put(file.head().chunkRoot(), right);
    }
    return right;
  }

  private static Optional<ChunkTree> right(List<Hash> hashes, BlobHead head) {
    if (hashes.size() != head.chunkCount()) {
      return Optional.empty();
    }
    return Optional.of(new ChunkTree(hashes)).filter(each -> each.root().equals(head.chunkRoot()));
  }

  /** Empty if some chunk is damaged, too. */
  private Optional<ChunkTree> rebuild(BlobFile file, String suffix) throws IOException {
    List<Hash> hashes = file.rehash();
    Optional<ChunkTree> tree = right(hashes, file.head());
    if (tree.isPresent()) {
      file.sync(suffix, 0, hashes);
      rebuilt.incrementAndGet();
      LOG.warn("{}: the chunks' hashes were damaged and are made anew", file.meta(suffix));
    }
    return tree;
  }

  /**
   * Puts a chunk, proven to be the right one, in the place of a damaged one.
   *
   * @return false if its hashes are damaged and another chunk, too: nothing here can be told right
   */
  boolean repair(BlobFile file, String suffix, int index, byte[] chunk) {
    try {
      file.write(index, chunk);
      file.sync(suffix, index, List.of(Hash.of(Digests.sha256(chunk))));
      tree(file, suffix);
      return true;
    } catch (IOException e) {
      throw BlobStore.failed(e);
    } catch (BlobException e) {
      if (e.reason() != Reason.DAMAGED) {
        throw e;
      }
      return false;
    }
  }
}
