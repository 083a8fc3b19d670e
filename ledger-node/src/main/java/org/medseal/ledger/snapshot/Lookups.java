package org.medseal.ledger.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.medseal.ledger.app.Lookup;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.merkle.MerkleFrontier;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * How look-ups are cut: runs of {@value #RUN}, each a whole subtree of the state's tree, so that
 * one run is proven by its root and all roots by the state; at most one run less one is left over.
 */
final class Lookups {
  static final int RUN = 256;

  /** More roots than a state's tree is let claim: a thousand million transactions. */
  static final int MAX_RUNS = 1 << 22;

  private Lookups() {}

  static Hash root(List<Bytes> run) {
    return MerkleTree.root(run);
  }

  /** The tree of these whole runs and what is left over. */
  static MerkleFrontier tree(List<Hash> roots, List<Bytes> rest) {
    return MerkleFrontier.ofSubtrees(roots, Integer.numberOfTrailingZeros(RUN)).append(rest);
  }

  /** Each with its length; CodecException for a length out of bounds. */
  static List<Bytes> read(Bytes content) {
    CanonicalReader in = new CanonicalReader(content.toArray());
    List<Bytes> read = new ArrayList<>();
    while (in.remaining() > 0) {
      read.add(in.bytes(Lookup.MAX_BYTES));
    }
    return read;
  }

  static CanonicalWriter write(CanonicalWriter out, List<Bytes> lookups) {
    lookups.forEach(out::bytes);
    return out;
  }
}
