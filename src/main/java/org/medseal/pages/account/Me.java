package org.medseal.pages.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The own account and its sessions. */
record Me(Account account, List<SignedIn> sessions) {

  /**
   * One browser or program that is signed in.
   *
   * @param lastSeenAt empty when not since the node started
   */
  record SignedIn(
      String id, String startedAt, String lastSeenAt, String expiresAt, boolean current) {}

  static Me of(JsonNode me, JsonNode sessions) {
    List<SignedIn> all = new ArrayList<>();
    for (JsonNode each : sessions.path("sessions")) {
      all.add(
          new SignedIn(
              Account.text(each, "id"),
              Account.text(each, "startedAt"),
              Account.text(each, "lastSeenAt"),
              Account.text(each, "expiresAt"),
              each.path("current").asBoolean()));
    }
    return new Me(Account.of(me), all);
  }
}
