package org.medseal.connectors.deidentify;

/** De-identifies messages of one format. Safe for many threads. */
public interface Deidentifier {

  /** Never throws for bad input: what cannot be released comes back as quarantined. */
  Outcome deidentify(byte[] raw, FeedPolicy policy);
}
