package org.medseal.connectors.deidentify;

import org.medseal.connectors.content.Content;

/** De-identifies messages of one format. Safe for many threads. */
public interface Deidentifier {
  /** 64 MiB. */
  long MOST_BYTES_ON_HEAP = 64L << 20;

  /** Whether a message is read piece by piece, so that a file is one whatever its size. */
  default boolean streams() {
    return false;
  }

  /** Never throws for bad input: what cannot be released comes back as quarantined. */
  default Outcome deidentify(byte[] raw, FeedPolicy policy) {
    return deidentify(raw, policy, Explanation.none());
  }

  /**
   * The same for what may be too large for memory. Formats that are read whole keep back, as
   * TOO_LARGE, what is above {@link #MOST_BYTES_ON_HEAP}. What is released may still refer to
   * {@code content}: keep it until that is sealed.
   */
  default Outcome deidentify(Content content, FeedPolicy policy, Explanation explanation) {
    if (content.sizeBytes() > MOST_BYTES_ON_HEAP) {
      return new Outcome.Quarantined(QuarantineReason.TOO_LARGE, "message");
    }
    return deidentify(content.bytes(), policy, explanation);
  }

  /** The same; the explanation is told which rule was applied where, also of what is kept back. */
  Outcome deidentify(byte[] raw, FeedPolicy policy, Explanation explanation);
}
