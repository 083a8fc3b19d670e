package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.medseal.pages.PageView;

/**
 * The search page.
 *
 * @param entered what was searched for; nothing of it may stand in an address
 * @param found empty before a search
 * @param verdict of a verification; empty where none was asked for
 */
record Search(
    List<Authority> authorities,
    Entered entered,
    Optional<Found> found,
    Optional<Verdict> verdict) {

  /** An assigning authority to choose. */
  record Authority(String id, String name, boolean national, List<String> types) {
    /** In the visitor's language where the texts know it, else as the configuration has it. */
    String named(PageView page) {
      String known = page.code("authority", id);
      return known.equals(id) ? name : known;
    }
  }

  /**
   * What stands in the form.
   *
   * @param format only such records; empty for all
   * @param from only those of this month and later, {@code 2025-11}; empty for all
   */
  record Entered(
      String authority, String type, String id, String format, String from, String txId) {
    static final Entered NOTHING = new Entered("", "", "", "", "", "");
  }

  /** Whether a record belongs to the identifier. */
  record Verdict(String txId, boolean belongs) {}

  /**
   * Records found, newest first.
   *
   * @param all how many there are without the filters
   */
  record Found(List<RecordRow> records, int all) {
    static Found of(JsonNode answer, Entered entered) {
      List<RecordRow> every = new ArrayList<>();
      for (JsonNode each : answer.path("records")) {
        every.add(
            new RecordRow(
                each.path("txId").asText(),
                each.path("format").asText(),
                each.path("month").asText(),
                false));
      }
      List<RecordRow> shown =
          every.stream()
              .filter(row -> entered.format().isEmpty() || row.format().equals(entered.format()))
              .filter(row -> row.when().compareTo(entered.from()) >= 0)
              .sorted(Comparator.comparing(RecordRow::when).reversed())
              .toList();
      return new Found(shown, every.size());
    }

    /** By month, the latest first. */
    Map<String, List<RecordRow>> months() {
      return records.stream()
          .collect(
              Collectors.groupingBy(
                  RecordRow::when,
                  () -> new TreeMap<>(Comparator.reverseOrder()),
                  Collectors.toList()));
    }

    long count(String format) {
      return records.stream().filter(row -> row.format().equals(format)).count();
    }
  }

  static List<String> formats() {
    return List.of("HL7V2", "FHIR", "DICOM");
  }

  /** All types any authority takes, each once. */
  List<String> types() {
    return authorities.stream().flatMap(each -> each.types().stream()).distinct().toList();
  }

  boolean isFormat(String format) {
    return entered.format().equals(format);
  }
}
