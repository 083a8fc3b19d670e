package org.medseal.connectors.deidentify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the files of one run. Holds relative paths, reasons, places and counts; never a
 * value of a message.
 */
public record FileReport(List<FileEntry> files) {

  public FileReport {
    files = List.copyOf(files);
  }

  /** One file with its messages in order; {@code outputs} are relative to the output folder. */
  public record FileEntry(String file, List<MessageEntry> messages, List<String> outputs) {
    public FileEntry {
      messages = List.copyOf(messages);
      outputs = List.copyOf(outputs);
    }

    /** The file's own outcome: quarantined before released before notARecord. */
    public String outcome() {
      for (String outcome : List.of("quarantined", "released")) {
        if (messages.stream().anyMatch(m -> m.outcome().equals(outcome))) {
          return outcome;
        }
      }
      return "notARecord";
    }
  }

  /** {@code outcome} is released, quarantined or notARecord. */
  public record MessageEntry(
      String outcome,
      int records,
      Optional<QuarantineReason> reason,
      String place,
      Optional<RuleReport> rules,
      Explanation explanation) {

    static MessageEntry of(Outcome outcome, Explanation explanation) {
      if (outcome instanceof Outcome.Released released) {
        RuleCounts counts = new RuleCounts();
        released.records().forEach(r -> counts.add(r.report()));
        String id = released.records().get(0).report().ruleSetId();
        return new MessageEntry(
            "released",
            released.records().size(),
            Optional.empty(),
            "",
            Optional.of(counts.report(id)),
            explanation);
      }
      if (outcome instanceof Outcome.Quarantined quarantined) {
        return new MessageEntry(
            "quarantined",
            0,
            Optional.of(quarantined.reason()),
            quarantined.place(),
            Optional.empty(),
            explanation);
      }
      String kind = ((Outcome.NotARecord) outcome).kind();
      return new MessageEntry(
          "notARecord", 0, Optional.empty(), kind, Optional.empty(), explanation);
    }

    /** Where identity was left, if that is the reason. */
    Optional<String> residual() {
      return reason.filter(r -> r == QuarantineReason.RESIDUAL_IDENTITY).map(r -> place);
    }
  }

  /** Messages by outcome. */
  public SortedMap<String, Integer> totals() {
    SortedMap<String, Integer> totals = new TreeMap<>();
    for (FileEntry file : files) {
      file.messages().forEach(m -> totals.merge(m.outcome(), 1, Integer::sum));
    }
    return totals;
  }

  /**
   * {@code {files: [{file, outcome, outputs, messages: [{outcome, records, reason, sentence, place,
   * kind, ruleSet, rules, residual, explain: [{place, rule, line, kept, times}]}]}], totals:
   * {messages, files, reasons, rules}}}.
   */
  public String toJson() {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = mapper.createObjectNode();
    ArrayNode list = root.putArray("files");
    for (FileEntry file : files) {
      ObjectNode node = list.addObject().put("file", file.file()).put("outcome", file.outcome());
      ArrayNode outputs = node.putArray("outputs");
      file.outputs().forEach(outputs::add);
      ArrayNode messages = node.putArray("messages");
      file.messages().forEach(m -> message(messages.addObject(), m));
    }
    totals(root.putObject("totals"));
    try {
      return mapper.writeValueAsString(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void message(ObjectNode node, MessageEntry message) {
    node.put("outcome", message.outcome());
    switch (message.outcome()) {
      case "released" -> node.put("records", message.records());
      case "quarantined" -> {
        message.reason().ifPresent(r -> node.put("reason", r.name()).put("sentence", r.sentence()));
        node.put("place", message.place());
      }
      default -> node.put("kind", message.place());
    }
    message
        .rules()
        .ifPresent(
            rules -> {
              node.put("ruleSet", rules.ruleSetId());
              counts(node.putObject("rules"), rules.counts());
            });
    ArrayNode residual = node.putArray("residual");
    message.residual().ifPresent(residual::add);
    if (!message.explanation().isEmpty()) {
      explain(node.putArray("explain"), message.explanation());
    }
  }

  private static void explain(ArrayNode lines, Explanation explanation) {
    explanation.forEach(
        (line, times) ->
            lines
                .addObject()
                .put("place", line.place())
                .put("rule", line.rule())
                .put("line", line.line())
                .put("kept", line.kept())
                .put("times", times));
  }

  private void totals(ObjectNode node) {
    SortedMap<String, Integer> perFile = new TreeMap<>();
    SortedMap<String, Integer> reasons = new TreeMap<>();
    RuleCounts rules = new RuleCounts();
    for (FileEntry file : files) {
      perFile.merge(file.outcome(), 1, Integer::sum);
      for (MessageEntry message : file.messages()) {
        message.reason().ifPresent(r -> reasons.merge(r.name(), 1, Integer::sum));
        message.rules().ifPresent(rules::add);
      }
    }
    counts(node.putObject("messages"), totals());
    counts(node.putObject("files"), perFile);
    counts(node.putObject("reasons"), reasons);
    counts(node.putObject("rules"), rules.report("all").counts());
  }

  private static void counts(ObjectNode node, Map<String, Integer> counts) {
    counts.forEach(node::put);
  }
}
