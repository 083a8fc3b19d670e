package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.medseal.requests.AccessView;

/** A request as its parties see it, as JSON. */
final class RequestJson {
  private RequestJson() {}

  static ObjectNode of(AccessView view) {
    ObjectNode node = Json.object();
    node.put("id", view.id().hex());
    node.put("state", view.state().name());
    node.put("purpose", view.purpose().name());
    ArrayNode txIds = node.putArray("txIds");
    view.records().forEach(id -> txIds.add(id.hex()));
    node.put("createdAt", view.createdAt().toString());
    node.put("answerBy", view.answerBy().toString());
    node.put("institution", view.asker().institution());
    node.put("institutionPresent", view.asker().present());
    node.put("requester", view.asker().login());
    node.put("requesterName", view.asker().name());
    node.put("justification", view.justification());
    view.answered()
        .ifPresent(
            answered -> {
              node.put("decidedBy", answered.institution());
              node.put("decidedAt", answered.at().toString());
              answered.reply().ifPresent(reply -> node.put("reply", reply));
              answered.validUntil().ifPresent(until -> node.put("validUntil", until.toString()));
            });
    return node;
  }
}
