package org.medseal.ledger.sim;

import org.medseal.ledger.engine.embedded.PeerMessage;
import org.medseal.ledger.model.Genesis;

/** Everything correct nodes are held to, after every step: I1 to I10 of the ledger reference. */
final class Law {
  final ChainLaw chain;
  final SpeechLaw speech;
  private final StateLaw state;

  Law(Genesis genesis, Scenario.Cast cast, Sightings sightings) {
    this.chain = new ChainLaw(genesis, cast, sightings);
    this.speech = new SpeechLaw(chain, sightings);
    this.state = new StateLaw(sightings);
  }

  /** After each step of a correct node. */
  void audit(SimNode node) {
    chain.audit(node);
    if (node.isUp()) {
      state.audit(node);
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
