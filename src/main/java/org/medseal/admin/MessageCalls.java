package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.medseal.audit.AuditAction;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.DiscardReason;
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

  /** A selection that takes longer is answered as a job that goes on. */
  private static final Duration ANSWER_AT_ONCE = Duration.ofSeconds(3);

  /** As received, in whatever character set: no type that a program would interpret. */
  private static final String AS_RECEIVED = "application/octet-stream";

  private final MessageStore messages;
  private final Reprocessing reprocessing;
  private final ReprocessJobs jobs;

  MessageCalls(MessageStore messages, Reprocessing reprocessing) {
    this.messages = messages;
    this.reprocessing = reprocessing;
    this.jobs = new ReprocessJobs(reprocessing);
  }

  List<Call> calls() {
    Access operator = Access.anyOf(Role.OPERATOR);
    return List.of(
        new Call("GET", "/messages", operator, AuditAction.CALL, this::list),
        new Call("POST", "/messages/reprocess", operator, AuditAction.REPROCESS, this::some),
        new Call("GET", "/messages/reprocess/{id}", operator, AuditAction.CALL, this::job),
        new Call("GET", "/messages/{id}", operator, AuditAction.CALL, this::show),
        new Call(
            "GET", "/messages/{id}/content", operator, AuditAction.MESSAGE_REVEAL, this::content),
        new Call("GET", "/messages/{id}/dry-run", operator, AuditAction.CALL, this::dryRun),
        new Call("POST", "/messages/{id}/reprocess", operator, AuditAction.REPROCESS, this::one),
        new Call("POST", "/messages/{id}/discard", operator, AuditAction.DISCARD, this::discard));
  }

  private Answer list(Exchange exchange) {
    MessageSearch search = MessageSearch.of(exchange);
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("messages");
    search
        .page(messages, exchange.limit(PAGE), exchange.query("after"))
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
    ArrayNode places = answer.putArray("places");
    run.places().forEach(places::add);
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

  private Answer discard(Exchange exchange) {
    String text = exchange.body("reason").text("reason");
    DiscardReason reason = Exchange.oneOf("reason", text, DiscardReason.class);
    exchange.note("reason", reason.name());
    messages.discard(exchange.id("id"), reason);
    return Answer.nothing();
  }

  private Answer some(Exchange exchange) {
    JsonBody body = exchange.body("state", "reason", "feed", "since", "until");
    String named = body.text("state");
    if (!named.equals("ALL") && !named.equals("QUARANTINED") && !named.equals("FAILED")) {
      throw Exchange.refused("'state' is QUARANTINED, FAILED or ALL.");
    }
    Optional<MessageState> state =
        Optional.of(named).filter(text -> !text.equals("ALL")).map(MessageState::valueOf);
    Optional<QuarantineReason> reason =
        Optional.of(body.textOrEmpty("reason"))
            .filter(text -> !text.isEmpty())
            .map(text -> Exchange.oneOf("reason", text, QuarantineReason.class));
    Optional<String> feed = Optional.of(body.textOrEmpty("feed")).filter(name -> !name.isEmpty());
    Selection selection =
        new Selection(state, reason, feed, instant("since", body), instant("until", body));
    ReprocessJobs.Progress progress = jobs.begin(selection, ANSWER_AT_ONCE);
    exchange.note("job", progress.id());
    exchange.note("messages", String.valueOf(progress.reprocessed()));
    return json(progress);
  }

  private static Optional<Instant> instant(String name, JsonBody body) {
    return Optional.of(body.textOrEmpty(name))
        .filter(text -> !text.isEmpty())
        .map(text -> MessageSearch.instant(name, text));
  }

  private Answer job(Exchange exchange) {
    return json(
        jobs.find(exchange.id("id"))
            .orElseThrow(() -> new ProblemException(Problem.notFound("There is no such job."))));
  }

  /** 202 while it runs. */
  private static Answer json(ReprocessJobs.Progress progress) {
    return Answer.json(
        progress.state() == ReprocessJobs.State.RUNNING ? 202 : 200,
        Json.object()
            .put("job", progress.id())
            .put("state", progress.state().name())
            .put("reprocessed", progress.reprocessed()));
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
    node.put("putBack", view.putBack());
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
