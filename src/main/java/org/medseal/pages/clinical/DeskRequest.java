package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.JsonNode;

/** A request on the custodian's desk, with the answer as far as it is written. */
record DeskRequest(RequestFacts request, String reply, String validDays) {
  static DeskRequest unwritten(JsonNode request) {
    return new DeskRequest(RequestFacts.of(request), "", "");
  }
}
