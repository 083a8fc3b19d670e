package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.dicomnet.ScpCounts;
import org.medseal.connectors.dicomnet.StoreStatus;

/** The text a monitoring system reads, name by name: dashboards depend on it. */
class AssociationMetricsTest {
  private static String text(Map<String, ScpCounts.Reading> feeds) {
    MetricsText text = new MetricsText();
    AssociationMetrics.append(text, feeds);
    return text.toString();
  }

  @Test
  void everyFeedShowsItsAssociationsAndItsAnswersByStatus() {
    Map<String, ScpCounts.Reading> feeds = new LinkedHashMap<>();
    feeds.put("second", new ScpCounts.Reading(0, 1, 0, 1, Map.of(StoreStatus.SUCCESS, 9L)));
    feeds.put(
        "dicom",
        new ScpCounts.Reading(
            2, 17, 3, 4, Map.of(StoreStatus.SUCCESS, 500L, StoreStatus.OUT_OF_RESOURCES, 6L)));
    assertThat(text(feeds))
        .isEqualTo(
            """
            # HELP medseal_dicom_associations_open DICOM associations that are open now.
            # TYPE medseal_dicom_associations_open gauge
            medseal_dicom_associations_open{feed="dicom"} 2
            medseal_dicom_associations_open{feed="second"} 0
            # HELP medseal_dicom_associations_total DICOM associations accepted and rejected, and \
            those of the accepted that ended otherwise than by a release.
            # TYPE medseal_dicom_associations_total counter
            medseal_dicom_associations_total{feed="dicom",end="accepted"} 17
            medseal_dicom_associations_total{feed="dicom",end="rejected"} 3
            medseal_dicom_associations_total{feed="dicom",end="aborted"} 4
            medseal_dicom_associations_total{feed="second",end="accepted"} 1
            medseal_dicom_associations_total{feed="second",end="rejected"} 0
            medseal_dicom_associations_total{feed="second",end="aborted"} 1
            # HELP medseal_dicom_answers_total Answers to C-STORE requests, by status as PS3.7 \
            writes it.
            # TYPE medseal_dicom_answers_total counter
            medseal_dicom_answers_total{feed="dicom",status="0000H"} 500
            medseal_dicom_answers_total{feed="dicom",status="A700H"} 6
            medseal_dicom_answers_total{feed="second",status="0000H"} 9
            """);
  }

  @Test
  void whereNoFeedTakesAssociationsNothingIsSaidOfThem() {
    assertThat(text(Map.of())).isEmpty();
  }

  @Test
  void aNameCannotEndItsLabelOrItsLine() {
    ScpCounts.Reading none = new ScpCounts.Reading(1, 0, 0, 0, Map.of());
    assertThat(text(Map.of("a\"} 7\nb\\", none)))
        .contains("medseal_dicom_associations_open{feed=\"a\\\"} 7\\nb\\\\\"} 1\n");
  }
}
