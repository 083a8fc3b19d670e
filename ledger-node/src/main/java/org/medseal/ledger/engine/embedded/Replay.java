package org.medseal.ledger.engine.embedded;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.Effect;
import org.medseal.ledger.consensus.Event;
import org.medseal.ledger.consensus.Step;
import org.medseal.ledger.model.Proposal;
import org.medseal.ledger.model.Vote;

/** Follows a log being replayed and finds the effects that nothing in the log answers. */
final class Replay {
  private final List<Effect> open = new ArrayList<>();
  private final Map<Step, Effect.StartTimer> timers = new EnumMap<>(Step.class);

  void take(Event event, List<Effect> effects) {
    open.removeIf(effect -> answers(event, effect));
    for (Effect effect : effects) {
      if (effect instanceof Effect.StartTimer timer) {
        timers.put(timer.step(), timer);
      } else {
        open.add(effect);
      }
    }
  }

  private static boolean answers(Event event, Effect effect) {
    if (effect instanceof Effect.SignVote sign && event instanceof Event.VoteReceived received) {
      Vote said = received.vote();
      Vote wanted = sign.unsigned();
      return said.validator() == wanted.validator()
          && said.round() == wanted.round()
          && said.type() == wanted.type();
    }
    if (effect instanceof Effect.SignProposal sign
        && event instanceof Event.ProposalReceived received) {
      Proposal said = received.proposal();
      return said.round() == sign.unsigned().round();
    }
    return effect instanceof Effect.RequestProposal request
        && event instanceof Event.Proposed proposed
        && proposed.round() == request.round();
  }

  /** In the order they arose; timers of the present round last. */
  List<Effect> unanswered(Consensus consensus) {
    List<Effect> unanswered = new ArrayList<>(open);
    timers.values().stream()
        .filter(timer -> timer.round() == consensus.round())
        .forEach(unanswered::add);
    return unanswered;
  }
}
