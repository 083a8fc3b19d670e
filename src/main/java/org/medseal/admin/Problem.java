package org.medseal.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * An error as callers see it, RFC 9457. Nothing internal and nothing of a patient stands in it.
 *
 * @param name last part of the type URN
 */
record Problem(int status, String name, String title, String detail) {
  static final String MEDIA_TYPE = "application/problem+json";

  static Problem badRequest(String detail) {
    return new Problem(400, "bad-request", "The call is not well-formed", detail);
  }

  static Problem notLoggedIn() {
    return new Problem(401, "not-logged-in", "Not logged in", "Log in and send the token.");
  }

  static Problem notAllowed(String detail) {
    return new Problem(403, "not-allowed", "Not allowed", detail);
  }

  static Problem notFound(String detail) {
    return new Problem(404, "not-found", "Not found", detail);
  }

  static Problem conflict(String name, String detail) {
    return new Problem(409, name, "Not possible in this state", detail);
  }

  static Problem tooMany(String detail) {
    return new Problem(429, "too-many", "Too many calls", detail);
  }

  static Problem internal(String errorId) {
    return new Problem(
        500, "internal", "The node failed", "The log has the cause under " + errorId + ".");
  }

  /** For what Vert.x refuses before a handler is reached. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 404 -> notFound("There is no such call.");
      case 405 -> new Problem(405, "method", "Method not allowed", "See /api/v1/openapi.yaml.");
      case 413 -> new Problem(413, "too-large", "Too large", "The body is larger than allowed.");
      case 414 -> new Problem(414, "too-large", "Too large", "The address is longer than allowed.");
      case 431 -> new Problem(431, "too-large", "Too large", "The head is larger than allowed.");
      case 415 -> new Problem(415, "media-type", "Wrong media type", "Send application/json.");
      default ->
          status >= 400 && status < 500
              ? new Problem(status, "bad-request", "Not understood", "See /api/v1/openapi.yaml.")
              : new Problem(500, "internal", "The node failed", "The call could not be served.");
    };
  }

  byte[] body() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("type", "urn:medseal:problem:" + name);
    node.put("title", title);
    node.put("status", status);
    node.put("detail", detail);
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }
}
