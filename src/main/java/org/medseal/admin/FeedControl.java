package org.medseal.admin;

import java.util.List;

/** The feeds of this institution, as the routes run them. An unknown id does nothing. */
public interface FeedControl {
  List<FeedView> feeds();

  void pause(String id);

  void resume(String id);

  /**
   * A configured source of messages.
   *
   * @param kind such as mllp, fhir, dicom, folder
   * @param state RUNNING, PAUSED or FAILED
   */
  record FeedView(String id, String kind, String state) {}
}
