package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * A record in a list.
 *
 * @param when month of sealing, or the time of its block; may be empty
 * @param reviewable whether the session's custodian key opens it
 */
record RecordRow(String txId, String format, String when, boolean reviewable) {

  String brief() {
    return Ids.brief(txId);
  }

  /** Whether {@link #when} is a point in time and not a month. */
  boolean isTime() {
    try {
      return Instant.parse(when).isAfter(Instant.EPOCH);
    } catch (DateTimeParseException month) {
      return false;
    }
  }

  /** What is chosen in a list of found records, for the page that asks for them. */
  String choice() {
    return txId + " " + format + " " + when;
  }

  /** Back from {@link #choice()}; a choice of another form keeps what the call will refuse. */
  static RecordRow ofChoice(String choice) {
    boolean known = choice.matches("[0-9a-f]{64} (HL7V2|FHIR|DICOM) \\d{4}-\\d{2}");
    String[] parts = known ? choice.split(" ", 3) : new String[] {choice, "", ""};
    return new RecordRow(parts[0], parts[1], parts[2], false);
  }

  /** Of a request's answer: its records, or their ids alone. */
  static List<RecordRow> of(JsonNode request) {
    List<RecordRow> rows = new ArrayList<>();
    for (JsonNode each : request.path("records")) {
      rows.add(
          new RecordRow(
              each.path("txId").asText(),
              each.path("format").asText(),
              each.path("committedAt").asText(),
              each.path("reviewable").asBoolean()));
    }
    if (rows.isEmpty()) {
      request.path("txIds").forEach(each -> rows.add(new RecordRow(each.asText(), "", "", false)));
    }
    return rows;
  }
}
