package org.medseal.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a call answered.
 *
 * @param mediaType empty without a body
 * @param stream instead of the body, for what may be large; whoever asked closes it
 */
@SuppressWarnings("ArrayRecordComponent") // one reply, read once
public record CallReply(int status, String mediaType, byte[] body, Optional<InputStream> stream) {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String PROBLEM = "application/problem+json";

  public boolean ok() {
    return status < 400;
  }

  /** The body as JSON; a missing node when there is none, or another kind of body. */
  public JsonNode json() {
    if (body.length == 0 || !mediaType.endsWith("json")) {
      return MissingNode.getInstance();
    }
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a call answered with JSON that is none", e);
    } catch (IOException e) {
      throw new IllegalStateException("a call's answer could not be read", e);
    }
  }

  /** The whole body, also of a streamed one, which is closed; refused above so many bytes. */
  public byte[] bytes(int atMost) throws IOException {
    if (stream.isEmpty()) {
      return body.clone();
    }
    try (InputStream in = stream.get()) {
      byte[] all = in.readNBytes(atMost);
      if (in.read() >= 0) {
        throw new IOException("larger than " + atMost + " bytes");
      }
      return all;
    }
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Present if the call was refused. */
  public Optional<PageProblem> problem() {
    if (ok()) {
      return Optional.empty();
    }
    JsonNode node = mediaType.equals(PROBLEM) ? json() : MissingNode.getInstance();
    String type = node.path("type").asText("");
    return Optional.of(
        new PageProblem(
            status, type.substring(type.lastIndexOf(':') + 1), node.path("detail").asText("")));
  }
}
