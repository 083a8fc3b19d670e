package org.medseal.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** What a call answers. */
@SuppressWarnings("ArrayRecordComponent") // handed to the response, never shared
record Answer(int status, String mediaType, byte[] body) {
  static final String JSON = "application/json";

  static Answer json(JsonNode node) {
    return json(200, node);
  }

  static Answer json(int status, JsonNode node) {
    return new Answer(status, JSON, node.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Answer content(String mediaType, byte[] body) {
    return new Answer(200, mediaType, body);
  }

  static Answer nothing() {
    return new Answer(204, "", new byte[0]);
  }

  /** JSON and texts show in a browser; documents are only ever saved. */
  boolean isDocument() {
    return mediaType.equals("application/hl7-v2")
        || mediaType.equals("application/dicom")
        || mediaType.equals("application/fhir+json");
  }
}
