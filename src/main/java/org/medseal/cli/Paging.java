package org.medseal.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which page of a list is asked for. */
final class Paging {
  @Option(names = "--after", description = "Id of the last one seen.")
  private Optional<String> after = Optional.empty();

  @Option(names = "--limit", defaultValue = "100", description = "At most so many (1 to 1000).")
  private int limit;

  /** As a call's query; only what is in this state, where one is given. */
  Map<String, String> query(Optional<? extends Enum<?>> state) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("limit", String.valueOf(limit));
    state.ifPresent(wanted -> query.put("state", wanted.name()));
    after.ifPresent(id -> query.put("after", id));
    return query;
  }
}
