package org.medseal.admin;

import java.util.Map;
import java.util.TreeMap;
import org.medseal.connectors.dicomnet.ScpCounts;

/** DICOM associations and answers by feed; nothing where no feed takes them. */
final class AssociationMetrics {
  private static final String OPEN = "medseal_dicom_associations_open";
  private static final String TOTAL = "medseal_dicom_associations_total";
  private static final String ANSWERS = "medseal_dicom_answers_total";

  private AssociationMetrics() {}

  static void append(MetricsText text, Map<String, ScpCounts.Reading> byFeed) {
    if (byFeed.isEmpty()) {
      return;
    }
    Map<String, ScpCounts.Reading> feeds = new TreeMap<>(byFeed);
    text.gauge(OPEN, "DICOM associations that are open now.");
    feeds.forEach((id, read) -> text.sample(OPEN, "feed", id, read.open()));
    text.counter(
        TOTAL,
        "DICOM associations accepted and rejected, and those of the accepted that ended otherwise"
            + " than by a release.");
    feeds.forEach(
        (id, read) -> {
          text.sample(TOTAL, id, "end", "accepted", read.accepted());
          text.sample(TOTAL, id, "end", "rejected", read.rejected());
          text.sample(TOTAL, id, "end", "aborted", read.aborted());
        });
    text.counter(ANSWERS, "Answers to C-STORE requests, by status as PS3.7 writes it.");
    feeds.forEach(
        (id, read) ->
            new TreeMap<>(read.answers())
                .forEach(
                    (status, count) -> text.sample(ANSWERS, id, "status", status.hex(), count)));
  }
}
