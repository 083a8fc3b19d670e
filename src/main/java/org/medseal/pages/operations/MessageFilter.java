package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.medseal.pages.Body;
import org.medseal.pages.CallTarget;

/**
 * What a list of messages was narrowed to, as typed. Times are local to the node; what is none goes
 * to the call as it is, which says what is wrong with it.
 */
record MessageFilter(String state, String reason, String feed, String since, String until) {
  static final List<String> STATES =
      List.of(
          "QUARANTINED",
          "FAILED",
          "RECEIVED",
          "SEALED",
          "SUBMITTED",
          "COMMITTED",
          "NOT_A_RECORD",
          "DISCARDED");

  /** From a query or a form, by name. */
  static MessageFilter of(UnaryOperator<String> values) {
    return new MessageFilter(
        values.apply("state"),
        values.apply("reason"),
        values.apply("feed"),
        values.apply("since"),
        values.apply("until"));
  }

  /** Whether all that it takes may be put back to work. */
  boolean isOfKeptBack() {
    return state.equals("QUARANTINED") || state.equals("FAILED");
  }

  private Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("state", state);
    fields.put("reason", reason);
    fields.put("feed", feed);
    fields.put("since", since);
    fields.put("until", until);
    return fields;
  }

  CallTarget target(ZoneId zone) {
    return CallTarget.of("/messages")
        .with("state", state)
        .with("reason", reason)
        .with("feed", feed)
        .with("since", instant(since, zone))
        .with("until", instant(until, zone));
  }

  /** Body of the call that puts all of them back to work. */
  ObjectNode body(ZoneId zone) {
    ObjectNode body = Body.object().put("state", state.isBlank() ? "ALL" : state);
    Map.of(
            "reason",
            reason,
            "feed",
            feed,
            "since",
            instant(since, zone),
            "until",
            instant(until, zone))
        .forEach(
            (name, value) -> {
              if (!value.isBlank()) {
                body.put(name, value);
              }
            });
    return body;
  }

  /** Of a link to the same list; begins with ?, or is empty. */
  String query() {
    String query =
        fields().entrySet().stream()
            .filter(each -> !each.getValue().isBlank())
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  /** The same from the message after that one on. */
  String queryAfter(String id) {
    String query = query();
    return query + (query.isEmpty() ? "?" : "&") + "after=" + encoded(id);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Browsers send a local time without seconds or with them. */
  static String instant(String local, ZoneId zone) {
    try {
      return local.isBlank() ? "" : LocalDateTime.parse(local).atZone(zone).toInstant().toString();
    } catch (DateTimeException e) {
      return local;
    }
  }
}
