package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Bodies and parameters of another shape than the document's, at every call of it: other types,
 * numbers and times at their ends, texts no machine would send. Refused in words, quoted nowhere.
 */
class HostileShapesTest extends HostileCase {
  private static final String CANARY = "Zhenzhuxiang";

  /** JSON texts; those of the field's own kind may be taken, no other. */
  private static final List<String> VALUES =
      List.of(
          "-1",
          "0",
          "1",
          "0.5",
          "1e400",
          "2147483648",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "1" + "0".repeat(900),
          "true",
          "[]",
          "[[]]",
          "[null]",
          "[7]",
          "[{}]",
          "{}",
          "{\"" + CANARY + "\":\"" + CANARY + "\"}",
          "[".repeat(900) + "]".repeat(900),
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800" + CANARY + "\"",
          "\"" + CANARY.repeat(8_000) + "\"",
          "[\"\\ud800" + CANARY + "\"]",
          "[" + String.join(",", Collections.nCopies(15_000, "\"h\"")) + "]",
          "[" + institutions() + "]");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "2147483647",
          "2147483648",
          "4294967297",
          "9007199254740993",
          "999999999999999999",
          "9223372036854775807",
          "9223372036854775808",
          "1" + "0".repeat(900),
          "1e3",
          "0x10",
          "\u0663",
          "\uff11",
          "1\u0000");

  private static final List<String> TIMES =
      List.of(
          "+999999999-12-31T23:59:59Z",
          "-999999999-01-01T00:00:00Z",
          "+292278995-01-01T00:00:00Z",
          "+1000000000-12-31T23:59:59.999999999Z",
          "9999-12-31T23:59:59Z",
          "0000-01-01T00:00:00Z",
          "2026-02-30T00:00:00Z",
          "2026-01-01T24:00:00Z",
          "2026-01-01T00:00:00+18:00",
          "2026-01-01T00:00:00",
          "2026-01-01T00:00:00Z\u0000");

  /** Names that institutions may have, more than any consortium holds. */
  private static String institutions() {
    return String.join(
        ",", IntStream.range(0, 9_000).mapToObj(i -> "\"hospital-" + i + "\"").toList());
  }

  private static List<OpenApi.Operation> withBody() {
    return API.operations().stream().filter(each -> each.bodySchema().isPresent()).toList();
  }

  private static ObjectNode sample(OpenApi.Operation call) throws Exception {
    return (ObjectNode) Json.MAPPER.readTree(SAMPLES.body(call));
  }

  private static List<String> fields(ObjectNode body) {
    List<String> names = new ArrayList<>();
    body.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void noFieldTakesAnotherKindOfValue() throws Exception {
    List<String> failed = new ArrayList<>();
    for (OpenApi.Operation call : withBody()) {
      ObjectNode body = sample(call);
      for (String field : fields(body)) {
        for (String value : VALUES) {
          ObjectNode others = body.deepCopy();
          JsonNode known = others.remove(field);
          String rest = others.toString().substring(1);
          String sent = "{\"" + field + "\":" + value + (others.isEmpty() ? "" : ",") + rest;
          TestHospital.Reply reply = send(call, SAMPLES.path(call), sent);
          boolean sameKind = kind(known) == value.charAt(0) || isNumber(known, value);
          if (reply.status() >= 500 || (reply.status() < 400 && !sameKind)) {
            failed.add(call + " " + field + " " + brief(value) + " " + reply.status());
          }
        }
      }
    }
    assertThat(failed).isEmpty();
  }

  private static char kind(JsonNode known) {
    return known.toString().charAt(0);
  }

  private static boolean isNumber(JsonNode known, String value) {
    return known.isNumber() && value.matches("[0-9]+");
  }

  private static String brief(String value) {
    return value.substring(0, Math.min(30, value.length()));
  }

  @Test
  void fieldsTwiceOrUnknownAreRefused() throws Exception {
    for (OpenApi.Operation call : withBody()) {
      ObjectNode body = sample(call);
      String rest = body.toString().substring(1);
      String first = fields(body).get(0);
      List<String> bodies =
          new ArrayList<>(
              List.of(
                  "{\"" + first + "\":" + body.get(first) + "," + rest,
                  "{\"" + first + "\":null," + rest,
                  body + "{}",
                  body + CANARY,
                  "[" + body + "]",
                  "\"" + CANARY + "\"",
                  "null",
                  "{\"a\":" + "[".repeat(50_000) + "," + rest,
                  "\u0000" + body));
      if (!call.id().equals("register")) {
        bodies.add("{\"" + CANARY + "\":1," + rest);
        bodies.add("{\"" + first + "\\u0000\":1," + rest);
        bodies.add("{\"\":1," + rest);
      }
      for (String each : bodies) {
        TestHospital.Reply reply = send(call, SAMPLES.path(call), each);
        assertThat(reply.status()).as(call + " " + brief(each)).isEqualTo(400);
      }
    }
  }

  @Test
  void numbersAndTimesAtTheirEndsAreRefusedOrFindNothing() throws Exception {
    List<String> failed = new ArrayList<>();
    for (OpenApi.Operation call : API.operations()) {
      for (JsonNode each : parameters(call)) {
        boolean number = each.at("/schema/type").asText().equals("integer");
        boolean time = each.at("/schema/format").asText().equals("date-time");
        for (String value : number ? NUMBERS : time ? TIMES : List.<String>of()) {
          boolean inPath = each.path("in").asText().equals("path");
          String put = inPath ? URLEncoder.encode(value, StandardCharsets.UTF_8) : value;
          String path = SAMPLES.path(call, Map.of(each.path("name").asText(), put));
          TestHospital.Reply reply = send(call, path, SAMPLES.body(call));
          if (reply.status() >= 500) {
            failed.add(call + " " + each.path("name").asText() + " " + brief(value));
          }
        }
      }
    }
    assertThat(failed).isEmpty();
  }

  private static List<JsonNode> parameters(OpenApi.Operation call) {
    List<JsonNode> all = new ArrayList<>(call.queryParameters());
    all.addAll(call.pathParameters());
    return all;
  }

  @Test
  void timesAtTheirEndsInABodyAreRefusedOrFindNothing() throws Exception {
    OpenApi.Operation call = API.named("reprocessSome");
    for (String field : List.of("since", "until")) {
      for (String time : TIMES) {
        ObjectNode body = Json.object().put("state", "ALL").put(field, time);
        assertThat(send(call, SAMPLES.path(call), body.toString()).status())
            .as(field + " " + time)
            .isIn(200, 202, 400, 409);
      }
    }
  }

  @Test
  void idsWithoutEndAreRefused() throws Exception {
    for (OpenApi.Operation call : API.operations()) {
      for (JsonNode each : call.pathParameters()) {
        String path = SAMPLES.path(call, Map.of(each.path("name").asText(), "a".repeat(3_000)));
        assertThat(send(call, path, SAMPLES.body(call)).status())
            .as(call.toString())
            .isEqualTo(400);
      }
    }
  }

  /** AssertionError when the answer is otherwise than the document says, or quotes what came. */
  private static TestHospital.Reply send(OpenApi.Operation call, String path, String body)
      throws Exception {
    TestHospital.Reply reply = hospital.call(token(call), call.method(), path, body);
    if (reply.status() >= 400) {
      assertThat(reply.text()).as(call.toString()).doesNotContain(CANARY);
    }
    return reply;
  }
}
