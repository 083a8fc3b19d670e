package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.medseal.audit.AuditAction;
import org.medseal.users.Role;

/** Feeds, and stopping and starting them. */
final class FeedCalls {
  private final FeedControl feeds;

  FeedCalls(FeedControl feeds) {
    this.feeds = feeds;
  }

  List<Call> calls() {
    Access operator = Access.anyOf(Role.OPERATOR);
    return List.of(
        new Call("GET", "/feeds", operator, AuditAction.CALL, this::list),
        new Call("POST", "/feeds/{id}/pause", operator, AuditAction.FEED_PAUSE, this::pause),
        new Call("POST", "/feeds/{id}/resume", operator, AuditAction.FEED_RESUME, this::resume));
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
}
