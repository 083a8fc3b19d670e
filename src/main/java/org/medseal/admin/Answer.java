package org.medseal.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a call answers.
 *
 * @param stream the body instead, if it is too large for memory; whoever answers closes it
 * @param receiver who gets it
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the response, never shared
record Answer(
    int status, String mediaType, byte[] body, Optional<InputStream> stream, Receiver receiver) {
  static final String JSON = "application/json";

  /**
   * @param user login; empty for somebody not logged in
   * @param cookies values of Set-Cookie for a browser
   */
  record Receiver(String user, List<String> cookies) {
    static final Receiver ANYBODY = new Receiver("", List.of());

    Receiver {
      cookies = List.copyOf(cookies);
    }
  }

  Answer(int status, String mediaType, byte[] body) {
    this(status, mediaType, body, Optional.empty(), Receiver.ANYBODY);
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
    return new Answer(200, mediaType, new byte[0], Optional.of(body), Receiver.ANYBODY);
  }

  Answer to(String login) {
    return new Answer(status, mediaType, body, stream, new Receiver(login, receiver.cookies()));
  }

  Answer withCookie(String value) {
    return new Answer(
        status, mediaType, body, stream, new Receiver(receiver.user(), List.of(value)));
  }

  String user() {
    return receiver.user();
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
