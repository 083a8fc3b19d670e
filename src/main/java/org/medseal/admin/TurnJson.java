package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.medseal.ledger.api.ProposerTurn;

/** A proposer turn as calls and command line show it. */
public final class TurnJson {
  private TurnJson() {}

  public static ObjectNode of(ProposerTurn turn) {
    ObjectNode node = Json.object();
    node.put("height", turn.height());
    node.put("winner", turn.contenders().get(turn.winner()).institution());
    node.put("reason", turn.reason());
    ArrayNode contenders = node.putArray("contenders");
    for (ProposerTurn.Contender each : turn.contenders()) {
      contenders
          .addObject()
          .put("institution", each.institution())
          .put("stake", each.stake())
          .put("before", each.before())
          .put("gained", each.gained())
          .put("after", each.after());
    }
    turn.decided()
        .ifPresent(
            decided -> {
              ObjectNode how = node.putObject("decided");
              how.put("round", decided.round()).put("proposer", decided.proposer());
              ArrayNode signers = how.putArray("signers");
              decided.signers().forEach(signers::add);
            });
    return node;
  }
}
