package org.medseal.bench.intake;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.LongAdder;

/** What the senders of a run were promised, by the names they gave their messages. */
final class Story {
  /** How a message was sent. */
  enum Way {
    MLLP,
    FHIR,
    FOLDER
  }

  private final Map<Way, Set<String>> acknowledged = new ConcurrentHashMap<>();
  private final LongAdder again = new LongAdder();

  Story() {
    for (Way way : Way.values()) {
      acknowledged.put(way, new ConcurrentSkipListSet<>());
    }
  }

  void acknowledged(Way way, String name) {
    acknowledged.get(way).add(name);
  }

  /** A message was sent once more, because no answer came. */
  void again() {
    again.increment();
  }

  Set<String> acknowledged(Way way) {
    return acknowledged.get(way);
  }

  long resent() {
    return again.sum();
  }
}
