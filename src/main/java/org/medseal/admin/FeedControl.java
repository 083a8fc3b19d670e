package org.medseal.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medseal.connectors.dicomnet.ScpCounts;

/**
 * The feeds of this institution, as the routes run them. An unknown id does nothing; one that does
 * not start is FAILED from then on.
 */
public interface FeedControl {
  List<FeedView> feeds();

  /** Of the feeds that take DICOM associations, by id. */
  default Map<String, ScpCounts.Reading> associations() {
    return Map.of();
  }

  void pause(String id);

  void resume(String id);

  /**
   * A configured source of messages.
   *
   * @param id of its route
   * @param feed under which its messages stand
   * @param kind such as mllp, fhir, dicom, folder
   * @param state RUNNING, PAUSED or FAILED
   * @param failure why it does not run, in one line
   */
  record FeedView(String id, String feed, String kind, String state, Optional<String> failure) {}
}
