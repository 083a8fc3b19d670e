package org.medseal.connectors.deidentify;

/** What a feed does with a message none of whose patient identifiers has a listed authority. */
public enum UnlistedAuthority {
  QUARANTINE,
  /** Take them as local identifiers under the authority as spelled. */
  LOCAL
}
