package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.medseal.audit.AuditAction;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageException;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.MessageView;
import org.medseal.connectors.reprocess.DryRun;
import org.medseal.connectors.reprocess.Reprocessing;
import org.medseal.connectors.reprocess.Selection;
import org.medseal.users.Role;

/** Messages as they came in. Their content is shown by one call only, which the audit names. */
final class MessageCalls {
  private static final int PAGE = 100;
  private static final int LONGEST_PAGE = 1_000;

  /** As received, in whatever character set: no type that a program would interpret. */
  private static final String AS_RECEIVED = "application/octet-stream";

  private final MessageStore messages;
  private final Reprocessing reprocessing;

  MessageCalls(MessageStore messages, Reprocessing reprocessing) {
    this.messages = messages;
    this.reprocessing = reprocessing;
  }

  List<Call> calls() {
    Access operator = Access.anyOf(Role.OPERATOR);
    return List.of(
        new Call("GET", "/messages", operator, AuditAction.CALL, this::list),
        new Call("POST", "/messages/reprocess", operator, AuditAction.REPROCESS, this::some),
        new Call("GET", "/messages/{id}", operator, AuditAction.CALL, this::show),
        new Call(
            "GET", "/messages/{id}/content", operator, AuditAction.MESSAGE_REVEAL, this::content),
        new Call("GET", "/messages/{id}/dry-run", operator, AuditAction.CALL, this::dryRun),
        new Call("POST", "/messages/{id}/reprocess", operator, AuditAction.REPROCESS, this::one));
  }

  private Answer list(Exchange exchange) {
    Optional<MessageState> state = exchange.queryOneOf("state", MessageState.class);
    long limit = exchange.queryNumber("limit", PAGE);
    if (limit < 1 || limit > LONGEST_PAGE) {
      throw Exchange.refused("'limit' is 1 to " + LONGEST_PAGE + ".");
    }
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("messages");
    messages
        .list(state, (int) limit, exchange.query("after"))
        .forEach(message -> all.add(json(message)));
    ObjectNode counts = answer.putObject("counts");
    messages.counts().forEach((each, count) -> counts.put(each.name(), count));
    return Answer.json(answer);
  }

  private Answer show(Exchange exchange) {
    String id = exchange.id("id");
    return Answer.json(json(messages.find(id).orElseThrow(() -> unknown(id))));
  }

  private Answer content(Exchange exchange) {
    try {
      return Answer.streamed(AS_RECEIVED, messages.content(exchange.id("id")).open());
    } catch (IOException e) {
      throw new UncheckedIOException("a message can no longer be read", e);
    }
  }

  private Answer dryRun(Exchange exchange) {
    DryRun run = reprocessing.dryRun(exchange.id("id"));
    ObjectNode answer = Json.object().put("different", run.isDifferent());
    ArrayNode diff = answer.putArray("diff");
    run.diff().forEach(diff::add);
    ArrayNode explain = answer.putArray("explain");
    run.explanation()
        .forEach(
            (line, times) ->
                explain
                    .addObject()
                    .put("place", line.place())
                    .put("rule", line.rule())
                    .put("line", line.line())
                    .put("kept", line.kept())
                    .put("times", times));
    return Answer.json(answer);
  }

  private Answer one(Exchange exchange) {
    messages.reprocess(exchange.id("id"));
    return Answer.nothing();
  }

  private Answer some(Exchange exchange) {
    JsonBody body = exchange.body("state", "reason", "feed");
    MessageState state = Exchange.oneOf("state", body.text("state"), MessageState.class);
    if (state != MessageState.QUARANTINED && state != MessageState.FAILED) {
      throw Exchange.refused("'state' is QUARANTINED or FAILED.");
    }
    Optional<QuarantineReason> reason =
        Optional.of(body.textOrEmpty("reason"))
            .filter(text -> !text.isEmpty())
            .map(text -> Exchange.oneOf("reason", text, QuarantineReason.class));
    Optional<String> feed = Optional.of(body.textOrEmpty("feed")).filter(name -> !name.isEmpty());
    int done = reprocessing.reprocess(new Selection(state, reason, feed));
    exchange.note("messages", String.valueOf(done));
    return Answer.json(Json.object().put("reprocessed", done));
  }

  private static MessageException unknown(String id) {
    return new MessageException(MessageException.Reason.UNKNOWN_MESSAGE, "no message " + id);
  }

  private static ObjectNode json(MessageView view) {
    ObjectNode node = Json.object();
    node.put("id", view.id());
    node.put("feed", view.feed());
    node.put("format", view.format().name());
    node.put("state", view.state().name());
    node.put("receivedAt", view.receivedAt().toString());
    view.reason()
        .ifPresent(reason -> node.put("reason", reason.name()).put("sentence", reason.sentence()));
    view.place().ifPresent(place -> node.put("place", place));
    node.put("conflict", view.conflict());
    ArrayNode records = node.putArray("records");
    view.records()
        .forEach(
            record -> {
              ObjectNode each = records.addObject().put("txId", record.txId());
              record.height().ifPresent(height -> each.put("height", height));
            });
    return node;
  }
}
