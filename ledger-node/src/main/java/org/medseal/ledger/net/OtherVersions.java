package org.medseal.ledger.net;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Peers of this ledger that are refused because their MedSeal is of another version: judging blocks
 * by other rules, or speaking otherwise. From any thread.
 */
final class OtherVersions {
  private final Hello own;
  private final Map<Integer, Hello> refused = new ConcurrentHashMap<>();

  OtherVersions(Hello own) {
    this.own = own;
  }

  /** Whether this is news: the same peer knocks again and again. */
  boolean refuse(int peer, Hello said) {
    return !said.equals(refused.put(peer, said));
  }

  /** It says the same as this node now. */
  void met(int peer) {
    refused.remove(peer);
  }

  /** One sentence: why it is not connected, and what to do. */
  Optional<String> why(int peer) {
    return Optional.ofNullable(refused.get(peer)).map(this::sentence);
  }

  private String sentence(Hello said) {
    return difference(said)
        + ": no blocks are exchanged before both run the same version of MedSeal"
        + " (docs/operations.md \"Nodes of another version\")";
  }

  private String difference(Hello said) {
    if (said.rules() == 0) {
      return "it does not say by which ledger rules it judges and this node judges by rules "
          + own.rules();
    }
    return said.rules() == own.rules()
        ? "it speaks version "
            + said.version()
            + " between nodes and this node version "
            + own.version()
        : "it judges by ledger rules " + said.rules() + " and this node by rules " + own.rules();
  }
}
