package org.medseal.bench.cases;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageView;

/**
 * What became of one file.
 *
 * @param answers what the sender got, counted; "none" for an answer that never came
 * @param messages how many messages the store has of it
 * @param ends states, with reason and place where there is one, counted
 */
record CaseResult(
    CaseFile file,
    SortedMap<String, Integer> answers,
    int messages,
    SortedMap<String, Integer> ends) {
  static final String NO_ANSWER = "none";
  static final String DUPLICATE = "as an earlier file";

  static CaseResult of(
      CaseFile file, SortedMap<String, Integer> answers, Collection<MessageView> messages) {
    SortedMap<String, Integer> ends = new TreeMap<>();
    messages.forEach(m -> ends.merge(end(m), 1, Integer::sum));
    if (messages.isEmpty() && !answers.containsKey(NO_ANSWER)) {
      ends.put(DUPLICATE, 1);
    }
    return new CaseResult(file, answers, messages.size(), ends);
  }

  private static String end(MessageView message) {
    return switch (message.state()) {
      case QUARANTINED ->
          "QUARANTINED "
              + message.reason().map(Enum::name).orElse("")
              + message.place().map(p -> " (" + p + ")").orElse("");
      case NOT_A_RECORD -> "NOT_A_RECORD" + message.place().map(p -> " (" + p + ")").orElse("");
      default -> message.state().name();
    };
  }

  boolean isAnswered() {
    return !answers.containsKey(NO_ANSWER) && !answers.isEmpty();
  }

  /** Whether every message has come to its end. */
  boolean isEnded() {
    return ends.keySet().stream()
        .allMatch(
            e ->
                e.equals(DUPLICATE)
                    || e.equals(MessageState.COMMITTED.name())
                    || e.startsWith("QUARANTINED")
                    || e.startsWith("NOT_A_RECORD"));
  }

  int committed() {
    return ends.getOrDefault(MessageState.COMMITTED.name(), 0);
  }

  /** Messages that break their standard, or are about nobody. */
  int withoutPatient() {
    return ends.entrySet().stream()
        .filter(
            e ->
                e.getKey().startsWith("NOT_A_RECORD")
                    || e.getKey().startsWith("QUARANTINED UNPARSABLE")
                    || e.getKey().startsWith("QUARANTINED TRUNCATED"))
        .mapToInt(java.util.Map.Entry::getValue)
        .sum();
  }

  /** A line of a Markdown table. */
  String row() {
    return "| " + file.name() + " | " + counted(answers) + " | " + counted(ends) + " |";
  }

  private static String counted(SortedMap<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(e -> e.getValue() == 1 ? e.getKey() : e.getValue() + " × " + e.getKey())
        .collect(Collectors.joining(", "));
  }
}
