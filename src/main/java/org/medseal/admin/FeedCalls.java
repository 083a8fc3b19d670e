package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.medseal.audit.AuditAction;
import org.medseal.connectors.dicomnet.ScpCounts;
import org.medseal.connectors.message.FeedTally;
import org.medseal.series.MinuteSeries;
import org.medseal.users.Role;
import org.medseal.watch.Alert;
import org.medseal.watch.Watch;

/** Feeds, and stopping and starting them. */
final class FeedCalls {
  private final FeedControl feeds;
  private final Supplier<SortedMap<String, FeedTally>> tallies;
  private final Watch watch;
  private final MinuteSeries series;

  FeedCalls(AdminServices.Intake intake) {
    this.feeds = intake.feeds();
    this.tallies = intake.messages()::tallies;
    this.watch = intake.watch();
    this.series = intake.series();
  }

  List<Call> calls() {
    Access operator = Access.anyOf(Role.OPERATOR);
    return List.of(
        new Call("GET", "/feeds", operator, AuditAction.CALL, this::list),
        new Call("GET", "/feeds/{id}/series", operator, AuditAction.CALL, this::series),
        new Call("POST", "/feeds/{id}/pause", operator, AuditAction.FEED_PAUSE, this::pause),
        new Call("POST", "/feeds/{id}/resume", operator, AuditAction.FEED_RESUME, this::resume));
  }

  private Answer list(Exchange exchange) {
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("feeds");
    SortedMap<String, FeedTally> counted = tallies.get();
    Map<String, ScpCounts.Reading> associations = feeds.associations();
    for (FeedControl.FeedView feed : feeds.feeds()) {
      ObjectNode each = all.addObject();
      each.put("id", feed.id()).put("feed", feed.feed());
      each.put("kind", feed.kind()).put("state", feed.state());
      feed.failure().ifPresent(why -> each.put("failure", why));
      Optional.ofNullable(counted.get(feed.feed())).ifPresent(tally -> add(each, tally));
      Optional.ofNullable(associations.get(feed.id())).ifPresent(read -> add(each, read));
    }
    answer.set("alerts", alerts(watch));
    return Answer.json(answer);
  }

  private static void add(ObjectNode node, FeedTally tally) {
    tally.lastReceived().ifPresent(at -> node.put("lastMessageAt", at.toString()));
    node.put("received", tally.received()).put("duplicates", tally.duplicates());
    node.put("committed", tally.committed()).put("notRecords", tally.notRecords());
    ObjectNode kept = node.putObject("quarantined");
    tally.quarantined().forEach((reason, count) -> kept.put(reason.name(), count));
  }

  private static void add(ObjectNode node, ScpCounts.Reading read) {
    ObjectNode all = node.putObject("associations");
    all.put("open", read.open()).put("accepted", read.accepted());
    all.put("rejected", read.rejected()).put("aborted", read.aborted());
    ObjectNode answers = all.putObject("answers");
    new TreeMap<>(read.answers()).forEach((status, count) -> answers.put(status.hex(), count));
  }

  static ArrayNode alerts(Watch watch) {
    ArrayNode all = Json.MAPPER.createArrayNode();
    for (Alert alert : watch.alerts()) {
      all.addObject()
          .put("kind", alert.kind().code())
          .put("subject", alert.subject())
          .put("since", alert.since().toString())
          .put("sentence", alert.sentence());
    }
    return all;
  }

  private Answer pause(Exchange exchange) {
    return control(exchange, feeds::pause);
  }

  private Answer resume(Exchange exchange) {
    return control(exchange, feeds::resume);
  }

  private Answer series(Exchange exchange) {
    String feed = known(exchange.id("id")).feed();
    int minutes = SeriesJson.minutes(exchange);
    return Answer.json(SeriesJson.feed(feed, series.feed(feed, minutes)));
  }

  private FeedControl.FeedView known(String id) {
    return feeds.feeds().stream()
        .filter(feed -> feed.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new ProblemException(Problem.notFound("There is no such feed.")));
  }

  private Answer control(Exchange exchange, Consumer<String> action) {
    String id = known(exchange.id("id")).id();
    action.accept(id);
    feeds.feeds().stream()
        .filter(feed -> feed.id().equals(id))
        .flatMap(feed -> feed.failure().stream())
        .findFirst()
        .ifPresent(
            why -> {
              throw new ProblemException(Problem.conflict("feed-failed", why));
            });
    return Answer.nothing();
  }
}
