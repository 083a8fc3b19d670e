package org.medseal.connectors.deidentify;

/** De-identifies messages of one format. Safe for many threads. */
public interface Deidentifier {

  /** Never throws for bad input: what cannot be released comes back as quarantined. */
  default Outcome deidentify(byte[] raw, FeedPolicy policy) {
    return deidentify(raw, policy, Explanation.none());
  }

  /** The same; the explanation is told which rule was applied where, also of what is kept back. */
  Outcome deidentify(byte[] raw, FeedPolicy policy, Explanation explanation);
}
