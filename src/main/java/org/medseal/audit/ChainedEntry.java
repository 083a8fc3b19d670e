package org.medseal.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.medseal.audit.AuditException.Reason;
import org.medseal.crypto.Digests;

/**
 * An entry in its place. On disk: SHA-256 of the frame before it (32 zero bytes for the first),
 * then JSON.
 *
 * @param sequence from 1, without gaps
 */
record ChainedEntry(long sequence, Instant at, AuditEntry entry) {
  static final byte[] FIRST = new byte[Digests.LENGTH];
  private static final ObjectMapper JSON = new ObjectMapper();

  byte[] frame(byte[] previousHash) {
    ObjectNode node = JSON.createObjectNode();
    node.put("sequence", sequence);
    node.put("at", at.toString());
    node.put("action", entry.action().name());
    node.put("actor", entry.actor());
    node.put("outcome", entry.outcome());
    ObjectNode facts = node.putObject("facts");
    entry.facts().forEach(facts::put);
    try {
      byte[] text = JSON.writeValueAsBytes(node);
      byte[] frame = Arrays.copyOf(previousHash, previousHash.length + text.length);
      System.arraycopy(text, 0, frame, previousHash.length, text.length);
      return frame;
    } catch (JsonProcessingException e) {
      throw new AuditException(Reason.MALFORMED, "an audit entry cannot be written", e);
    }
  }

  static byte[] hash(byte[] frame) {
    return Digests.sha256(frame);
  }

  static byte[] previousHash(byte[] frame) {
    if (frame.length < FIRST.length) {
      throw new AuditException(Reason.MALFORMED, "an audit entry is too short");
    }
    return Arrays.copyOf(frame, FIRST.length);
  }

  static ChainedEntry parse(byte[] frame) {
    try {
      JsonNode node = JSON.readTree(frame, FIRST.length, frame.length - FIRST.length);
      Map<String, String> facts = new TreeMap<>();
      node.required("facts")
          .properties()
          .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
      return new ChainedEntry(
          node.required("sequence").asLong(),
          Instant.parse(node.required("at").asText()),
          new AuditEntry(
              AuditAction.valueOf(node.required("action").asText()),
              node.required("actor").asText(),
              node.required("outcome").asText(),
              facts));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new AuditException(Reason.MALFORMED, "an audit entry cannot be read", e);
    }
  }
}
