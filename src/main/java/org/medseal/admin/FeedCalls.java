package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.medseal.audit.AuditAction;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.MessageView;
import org.medseal.users.Role;

/** Feeds and the messages they brought; an operator sees no content. */
final class FeedCalls {
  private static final int PAGE = 100;
  private static final int LONGEST_PAGE = 1_000;

  private final FeedControl feeds;
  private final MessageStore messages;

  FeedCalls(FeedControl feeds, MessageStore messages) {
    this.feeds = feeds;
    this.messages = messages;
  }

  List<Call> calls() {
    Access operator = Access.anyOf(Role.OPERATOR);
    return List.of(
        new Call("GET", "/feeds", operator, AuditAction.CALL, this::list),
        new Call("POST", "/feeds/{id}/pause", operator, AuditAction.FEED_PAUSE, this::pause),
        new Call("POST", "/feeds/{id}/resume", operator, AuditAction.FEED_RESUME, this::resume),
        new Call("GET", "/messages", operator, AuditAction.CALL, this::messages),
        new Call(
            "POST", "/messages/{id}/reprocess", operator, AuditAction.REPROCESS, this::reprocess));
  }

  private Answer list(Exchange exchange) {
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("feeds");
    for (FeedControl.FeedView feed : feeds.feeds()) {
      all.addObject().put("id", feed.id()).put("kind", feed.kind()).put("state", feed.state());
    }
    return Answer.json(answer);
  }

  private Answer pause(Exchange exchange) {
    return control(exchange, feeds::pause);
  }

  private Answer resume(Exchange exchange) {
    return control(exchange, feeds::resume);
  }

  private Answer control(Exchange exchange, Consumer<String> action) {
    String id = exchange.id("id");
    if (feeds.feeds().stream().noneMatch(feed -> feed.id().equals(id))) {
      throw new ProblemException(Problem.notFound("There is no such feed."));
    }
    action.accept(id);
    return Answer.nothing();
  }

  private Answer messages(Exchange exchange) {
    Optional<MessageState> state = exchange.queryOneOf("state", MessageState.class);
    long limit = exchange.queryNumber("limit", PAGE);
    if (limit < 1 || limit > LONGEST_PAGE) {
      throw Exchange.refused("'limit' is 1 to " + LONGEST_PAGE + ".");
    }
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("messages");
    messages
        .list(state, (int) limit, exchange.query("after"))
        .forEach(message -> all.add(message(message)));
    ObjectNode counts = answer.putObject("counts");
    messages.counts().forEach((each, count) -> counts.put(each.name(), count));
    return Answer.json(answer);
  }

  private Answer reprocess(Exchange exchange) {
    messages.reprocess(exchange.id("id"));
    return Answer.nothing();
  }

  private static ObjectNode message(MessageView view) {
    ObjectNode node = Json.object();
    node.put("id", view.id());
    node.put("feed", view.feed());
    node.put("format", view.format().name());
    node.put("state", view.state().name());
    node.put("receivedAt", view.receivedAt().toString());
    view.reason()
        .ifPresent(reason -> node.put("reason", reason.name()).put("sentence", reason.sentence()));
    view.place().ifPresent(place -> node.put("place", place));
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
