package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medseal.users.Role;
import org.slf4j.LoggerFactory;

/**
 * Strings that break out of SQL, templates, headers, paths and markup, in every parameter and text
 * field of the document. That no answer says anything internal is held by {@link AnswerContract}.
 */
class HostileInputTest extends HostileCase {
  /** Found nowhere else; stands for what a patient is called. */
  private static final String CANARY = "Zhenzhuxiang 7731";

  private static final List<String> HOSTILE =
      List.of(
          CANARY + "' OR '1'='1' --",
          "x'); DROP TABLE USERS; -- " + CANARY,
          "${jndi:ldap://127.0.0.1:1/" + CANARY + "} #{7*7} ${{7*7}} @{7*7} <%= 7*7 %>",
          "\"><script>alert('" + CANARY + "')</script><svg onload=alert(1)>",
          CANARY + "\r\nX-Injected: yes\r\n\r\n<html>",
          "../../../../../../etc/passwd\u0000" + CANARY,
          "\uFEFF\u202E" + CANARY + "\uD83D\uDE00%s%n%x{{constructor}}");

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    root().addAppender(log);
  }

  @AfterEach
  void nothingOfItIsInTheLogOrTheTrail() {
    root().detachAppender(log);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains("Zhenzhuxiang") || line.contains("DROP TABLE"));
    assertThat(hospital.auditText()).doesNotContain("Zhenzhuxiang").doesNotContain("DROP TABLE");
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @Test
  void noQueryParameterBreaksOut() throws Exception {
    for (OpenApi.Operation call : API.operations()) {
      for (JsonNode parameter : call.queryParameters()) {
        for (String hostile : HOSTILE) {
          String path = SAMPLES.path(call, Map.of(parameter.path("name").asText(), hostile));
          assertHarmless(call, path, SAMPLES.body(call), hostile);
        }
      }
    }
  }

  @Test
  void noPathParameterClimbsOrBreaksOut() throws Exception {
    List<String> all = new ArrayList<>();
    HOSTILE.forEach(each -> all.add(encoded(each)));
    all.addAll(List.of("..%2f..%2f..%2fetc%2fpasswd", "..%5c..%5cx", "%00", "a%2fb"));
    all.addAll(List.of("%252e%252e%252f", "....%2f%2f", "%c0%ae%c0%ae%2f", "x;y=z", "%0d%0aX-I:1"));
    for (OpenApi.Operation call : API.operations()) {
      for (JsonNode parameter : call.pathParameters()) {
        for (String hostile : all) {
          String path = SAMPLES.path(call, Map.of(parameter.path("name").asText(), hostile));
          TestHospital.Reply reply = assertHarmless(call, path, SAMPLES.body(call), hostile);
          assertThat(reply.status()).as(call + " with " + hostile).isBetween(400, 499);
        }
      }
    }
  }

  @Test
  void aPathThatClimbsIsJudgedByWhereItArrives() throws Exception {
    String physician = hospital.token(login(Role.PHYSICIAN));
    for (String up : List.of("..", "%2e%2e", "%2E.", ".%2e")) {
      String path = "/api/v1/me/" + up + "/users";
      assertThat(raw(physician, path)).as(path).startsWith("HTTP/1.1 403 ");
      assertThat(raw("", path)).as(path).startsWith("HTTP/1.1 401 ");
      String outside = "/api/v1/" + (up + "/").repeat(9) + "etc/passwd";
      assertThat(raw(physician, outside)).startsWith("HTTP/1.1 404 ").doesNotContain("root:");
    }
  }

  /** As it stands, which no client library sends. */
  private static String raw(String token, String path) throws Exception {
    String head =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n");
    try (Socket socket = hospital.connect()) {
      socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void headersThatLieChangeNothing() throws Exception {
    for (String header :
        List.of(
            "X-Forwarded-For: 127.0.0.1",
            "X-HTTP-Method-Override: DELETE",
            "X-Original-URL: /api/v1/openapi.yaml",
            "Host: elsewhere.example",
            "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "Authorization: Bearer " + "x".repeat(43) + "\r\nAuthorization: Bearer y",
            "X-Long: " + "x".repeat(20_000))) {
      try (Socket socket = hospital.connect()) {
        String head = "GET /api/v1/users HTTP/1.1\r\nConnection: close\r\n" + header;
        socket
            .getOutputStream()
            .write((head + "\r\n\r\n0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer).as(header).matches("(?s)HTTP/1\\.1 4(00|01|13|31) .*");
        assertThat(answer).as(header).doesNotContain("elsewhere", "auditor", "Exception");
      }
    }
  }

  @Test
  void noFieldOfABodyBreaksOut() throws Exception {
    for (OpenApi.Operation call : API.operations()) {
      if (call.bodySchema().isEmpty()) {
        continue;
      }
      ObjectNode sample = (ObjectNode) Json.MAPPER.readTree(SAMPLES.body(call));
      for (String field : textFields(sample)) {
        // Passwords are hashed for as long as that takes: two strings say it for those calls.
        List<String> tried = call.allowsNobody() ? HOSTILE.subList(0, 2) : HOSTILE;
        for (String hostile : tried) {
          ObjectNode body = sample.deepCopy();
          if (body.get(field).isArray()) {
            body.putArray(field).add(hostile);
          } else {
            body.put(field, hostile);
          }
          assertHarmless(call, SAMPLES.path(call), body.toString(), hostile);
        }
      }
    }
  }

  private static List<String> textFields(ObjectNode body) {
    List<String> names = new ArrayList<>();
    body.properties()
        .forEach(
            each -> {
              if (each.getValue().isTextual() || each.getValue().path(0).isTextual()) {
                names.add(each.getKey());
              }
            });
    return names;
  }

  @Test
  void bodiesThatNestWithoutEndAreRefused() throws Exception {
    String deep = "{\"login\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
    for (OpenApi.Operation call : API.operations()) {
      if (call.bodySchema().isPresent()) {
        TestHospital.Reply reply =
            hospital.call(token(call), call.method(), SAMPLES.path(call), deep);
        assertThat(reply.status()).as(call.toString()).isIn(400, 404, 409);
      }
    }
  }

  @Test
  void noBodyBeyondTheLimitIsTaken() throws Exception {
    String large = "{\"login\":\"" + "x".repeat(AdminLimits.defaults().bodyBytes()) + "\"}";
    for (OpenApi.Operation call : API.operations()) {
      if (!call.method().equals("GET")) {
        TestHospital.Reply reply =
            hospital.call(token(call), call.method(), SAMPLES.path(call), large);
        assertThat(reply.status()).as(call.toString()).isEqualTo(413);
      }
    }
  }

  @Test
  void afterAllOfItEverythingIsAsBefore() throws Exception {
    for (String hostile : HOSTILE) {
      hospital.login(hostile, hostile);
    }
    for (Role role : Role.values()) {
      hospital.logsIn(login(role));
      assertThat(hospital.get(login(role), "/me").json().path("roles").path(0).asText())
          .isEqualTo(role.name());
    }
    assertThat(hospital.get(login(Role.ADMIN), "/users").status()).isEqualTo(200);
    assertThat(Files.exists(folder.resolve("passwd"))).isFalse();
  }

  private static TestHospital.Reply assertHarmless(
      OpenApi.Operation call, String path, String body, String hostile) throws Exception {
    TestHospital.Reply reply = hospital.call(token(call), call.method(), path, body);
    String what = call + " with " + hostile + " answered " + reply.status();
    assertThat(reply.status()).as(what).isLessThan(500);
    assertThat(reply.response().headers().map()).as(what).doesNotContainKeys("x-injected", "x-i");
    if (reply.status() >= 400) {
      assertThat(reply.text()).as(what).doesNotContain("Zhenzhuxiang");
    }
    return reply;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
