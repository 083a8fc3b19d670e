package org.medseal.ledger.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.engine.embedded.TimerId;
import org.medseal.ledger.model.Genesis;

/** Everything correct nodes are held to, after every step: I1 to I10 of the ledger reference. */
final class Law {
  final ChainLaw chain;
  final SpeechLaw speech;
  private final StateLaw state;
  private final BlockLaw blocks;
  private final Map<SimNode, Conformance> rules = new HashMap<>();

  Law(Genesis genesis, Scenario.Cast cast, Sightings sightings, Execution execution) {
    this.chain = new ChainLaw(genesis, cast, sightings, execution);
    this.speech = new SpeechLaw(chain, sightings);
    this.state = new StateLaw(sightings);
    this.blocks = new BlockLaw(genesis, chain);
  }

  /** From now on this node is held to the rulebook as well. */
  Conformance watch(SimNode node) {
    return rules.computeIfAbsent(node, each -> new Conformance(each, chain, blocks));
  }

  private Optional<Conformance> rulesFor(SimNode node) {
    return Optional.ofNullable(rules.get(node));
  }

  void onTimer(SimNode node, TimerId timer) {
    rulesFor(node).ifPresent(each -> each.startedTimer(timer));
  }

  void onBroadcast(SimNode node, PeerMessage message) {
    rulesFor(node).ifPresent(each -> each.said(message));
  }

  /** After each step of a correct node. */
  void audit(SimNode node) {
    chain.audit(node);
    if (node.isUp()) {
      state.audit(node);
      rulesFor(node).ifPresent(Conformance::audit);
    } else {
      rulesFor(node).ifPresent(Conformance::forget);
    }
  }

  /** Before anything leaves; what liars say counts, too, towards what others may rest on. */
  void onSaid(SimNode from, PeerMessage message, boolean honest) {
    speech.hear(message);
    if (honest) {
      speech.onSaid(from, message);
    }
  }

  static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }
}
