package org.medseal.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a call answers.
 *
 * @param stream the body instead, if it is too large for memory; whoever answers closes it
 * @param user login of who gets it; empty for somebody not logged in
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the response, never shared
record Answer(
    int status, String mediaType, byte[] body, Optional<InputStream> stream, String user) {
  static final String JSON = "application/json";

  Answer(int status, String mediaType, byte[] body) {
    this(status, mediaType, body, Optional.empty(), "");
  }

  static Answer of(Problem problem) {
    return new Answer(problem.status(), Problem.MEDIA_TYPE, problem.body());
  }

  static Answer json(JsonNode node) {
    return json(200, node);
  }

  static Answer json(int status, JsonNode node) {
    return new Answer(status, JSON, node.toString().getBytes(StandardCharsets.UTF_8));
  }

  static Answer content(String mediaType, byte[] body) {
    return new Answer(200, mediaType, body);
  }

  /** Sent part by part; one that fails on its way breaks the connection off. */
  static Answer streamed(String mediaType, InputStream body) {
    return new Answer(200, mediaType, new byte[0], Optional.of(body), "");
  }

  Answer to(String login) {
    return new Answer(status, mediaType, body, stream, login);
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
