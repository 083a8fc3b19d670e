package org.medseal.ledger.codec;

import org.medseal.ledger.codec.CodecException.Reason;
import org.medseal.ledger.merkle.InclusionProof;
import org.medseal.ledger.merkle.MerkleFrontier;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/**
 * The history tree over all transaction ids since genesis, as one state root commits to it: its
 * frontier is a part of the state, and the state root an RFC 6962 tree over the parts.
 *
 * @param place audit path of the part under the state root
 */
public record StateHistory(MerkleFrontier frontier, InclusionProof place) {
  /** Position of the history among the state's parts; parts are only ever added behind. */
  public static final int PART = 4;

  /** Number that the part's canonical form begins with. */
  private static final int NUMBER = 5;

  /** More parts than a state will ever have. */
  private static final int PARTS = 1 << 10;

  private static final int PATH = Long.SIZE;

  public StateHistory {
    if (place.index() != PART) {
      throw new IllegalArgumentException("the history is part " + PART + " of the state");
    }
  }

  /** Canonical form of the part. */
  public Bytes part() {
    return part(frontier);
  }

  public static Bytes part(MerkleFrontier frontier) {
    return writeFrontier(new CanonicalWriter().domain(Domain.STATE).u8(NUMBER), frontier).toBytes();
  }

  /** Whether the state of this root has this history. */
  public boolean isIn(Hash stateRoot) {
    return place.verify(part(), stateRoot);
  }

  /** Leaves, peaks, parts of the state, path. */
  public Bytes encode() {
    return writeFrontier(new CanonicalWriter(), frontier)
        .u32((int) place.size())
        .list(place.path(), CanonicalWriter::hash)
        .toBytes();
  }

  public static StateHistory decode(byte[] bytes) {
    CanonicalReader in = new CanonicalReader(bytes);
    try {
      MerkleFrontier frontier = new MerkleFrontier(in.u64(), in.list(PATH, CanonicalReader::hash));
      int parts = in.u32();
      if (parts > PARTS) {
        throw new CodecException(Reason.TOO_LONG, "state of " + parts + " parts");
      }
      StateHistory history =
          new StateHistory(
              frontier, new InclusionProof(PART, parts, in.list(PATH, CanonicalReader::hash)));
      in.end();
      return history;
    } catch (IllegalArgumentException e) {
      throw new CodecException(Reason.BAD_VALUE, "history does not fit together");
    }
  }

  private static CanonicalWriter writeFrontier(CanonicalWriter out, MerkleFrontier frontier) {
    return out.u64(frontier.size()).list(frontier.peaks(), CanonicalWriter::hash);
  }
}
