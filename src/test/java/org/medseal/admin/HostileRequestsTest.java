package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that no HTTP client sends, as bytes: the answer is a problem document all the same. */
class HostileRequestsTest extends AtOneHospital {
  private static final String CANARY = "Zhenzhuxiang";
  private static final int LARGE = 64 << 20;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String head(String line, String... headers) {
    return line
        + "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
        + hospital.token("admin")
        + "\r\n"
        + Arrays.stream(headers).map(each -> each + "\r\n").reduce("", String::concat)
        + "\r\n";
  }

  private static String answer(byte[]... parts) throws IOException {
    try (Socket socket = hospital.connect()) {
      for (byte[] part : parts) {
        socket.getOutputStream().write(part);
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertProblem(String answer, String what, String statuses) throws Exception {
    assertThat(answer).as(what).matches("(?s)HTTP/1\\.[01] (" + statuses + ") .*");
    assertThat(answer).as(what).containsIgnoringCase("content-type: application/problem+json");
    assertThat(answer).as(what).containsIgnoringCase("cache-control: no-store");
    assertThat(answer).as(what).doesNotContain(CANARY, "Exception", "netty", "vertx");
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    String status = answer.substring(9, 12);
    assertThat(Json.MAPPER.readTree(body).path("status").asText()).as(what).isEqualTo(status);
  }

  @Test
  void pathsThatCannotBeDecodedAreRefused() throws Exception {
    for (String each :
        List.of("%", "%z", "%zz", "%c0%af", "%ff", "%ed%a0%80", "a%2fb", "%2f", "%5c", "%00x")) {
      for (String path :
          List.of("/users/" + each, "/users/" + each + "/approve", "/feeds/" + each + "/pause")) {
        String method = path.endsWith(each) ? "GET " : "POST ";
        String line = method + "/api/v1" + path + " HTTP/1.1";
        assertProblem(answer(bytes(head(line))), line, "400|403|404");
      }
      String query = "GET /api/v1/users?q=" + each + CANARY + " HTTP/1.1";
      assertThat(answer(bytes(head(query)))).as(query).matches("(?s)HTTP/1\\.1 (200|400) .*");
    }
  }

  @Test
  void pagesWhoseAddressCannotBeDecodedAreRefusedAsPages() throws Exception {
    for (String path :
        List.of("/sign-in?q=%zz", "/users?after=%", "/users/%zz", "/users/%ff?x=%", "/no?%zz=%")) {
      String line = "GET " + path + " HTTP/1.1";
      String answer = answer(bytes(head(line, "Accept: text/html")));
      assertThat(answer).as(line).matches("(?s)HTTP/1\\.1 (400|404) .*</html>\\s*");
      assertThat(answer).as(line).doesNotContain("Exception", "vertx");
    }
  }

  @Test
  void anIdOfTenThousandCharactersIsRefused() throws Exception {
    for (String path :
        List.of(
            "/users/%s", "/ledger/blocks/%s", "/traces/%s/approve", "/nowhere/%s", "/me?a=%s")) {
      for (String method : List.of("GET", "POST", "DELETE")) {
        String line =
            method + " /api/v1" + path.formatted(CANARY + "a".repeat(10_000)) + " HTTP/1.1";
        assertProblem(answer(bytes(head(line))), method + " " + path, "414");
      }
    }
  }

  @Test
  void headsThatAreTooLargeOrNoneAreRefused() throws Exception {
    String line = "GET /api/v1/me HTTP/1.1";
    assertProblem(answer(bytes(head(line, "X-Long: " + CANARY.repeat(1_000)))), "long", "431");
    String[] many = new String[2_000];
    Arrays.fill(many, "X-Many: " + CANARY);
    assertProblem(answer(bytes(head(line, many))), "many", "431");
    assertProblem(answer(bytes(head(CANARY))), "no line", "400");
    assertProblem(answer(bytes(head(line, "Content-Length: -1"))), "negative", "400");
    assertProblem(answer(bytes(head(line, "Content-Length: 1e9"))), "no number", "400");
    assertProblem(answer(bytes(head(line, "Na\u0000me: x"))), "NUL in a name", "400");
    for (String method : List.of("TRACE", "PROPFIND", CANARY)) {
      assertProblem(answer(bytes(head(method + " /api/v1/me HTTP/1.1"))), method, "404|405");
    }
  }

  @Test
  void bodiesOfOtherKindsAreRefused() throws Exception {
    byte[] json = bytes("{\"login\":\"" + CANARY + "\",\"password\":\"a long password\"}");
    byte[] utf16 = new String(json, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
    byte[] broken = json.clone();
    broken[12] = (byte) 0xff;
    String form = "application/x-www-form-urlencoded";
    assertBody("text/plain", json, "415");
    assertBody("", json, "415");
    assertBody(form, json, "415");
    assertBody(form, bytes("login=%zz&%=%" + CANARY), "400|415");
    assertBody(form, bytes("a=1&".repeat(20_000)), "400|413|415");
    assertBody("multipart/form-data", json, "400|415");
    assertBody("multipart/form-data; boundary=b", json, "400|415");
    assertBody("multipart/form-data; boundary=b", bytes("--b\r\n" + CANARY), "400|415");
    assertBody("multipart/form-data; boundary=\"", bytes("--\r\n\r\n--"), "400|415");
    assertBody(Answer.JSON + "; charset=" + CANARY, broken, "400");
    assertBody(Answer.JSON, broken, "400");
    assertBody(Answer.JSON, Arrays.copyOf(utf16, utf16.length - 1), "400");
    assertBody(Answer.JSON, new byte[1_000], "400");
  }

  private static void assertBody(String type, byte[] body, String statuses) throws Exception {
    String[] headers = {"Content-Length: " + body.length, "Content-Type: " + type};
    for (String path : List.of("/auth/login", "/traces", "/me/keys/unlock", "/users/x/roles")) {
      String line = "POST /api/v1" + path + " HTTP/1.1";
      String head = type.isEmpty() ? head(line, headers[0]) : head(line, headers);
      assertProblem(answer(bytes(head), body), line + " as " + type, statuses);
    }
  }

  @Test
  void sixtyFourMegabytesAreRefusedHoweverTheyAreSent() throws Exception {
    for (String path : List.of("/auth/login", "/traces")) {
      String line = "POST /api/v1" + path + " HTTP/1.1";
      String type = "Content-Type: application/json";
      assertThat(flooded(head(line, type, "Content-Length: " + LARGE), new byte[0]))
          .as(path)
          .startsWith("HTTP/1.1 413 ");
      assertThat(flooded(head(line, type, "Transfer-Encoding: chunked"), bytes("10000\r\n")))
          .as(path + " in chunks")
          .startsWith("HTTP/1.1 413 ");
    }
    assertThat(hospital.get("admin", "/me").status()).isEqualTo(200);
  }

  /** All of it, unless the server has enough before; what it answers is there in either case. */
  private static String flooded(String head, byte[] beforeEach) throws IOException {
    byte[] part = new byte[64 << 10];
    try (Socket socket = hospital.connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(bytes(head));
      try {
        for (int sent = 0; sent < LARGE; sent += part.length) {
          out.write(beforeEach);
          out.write(part);
          out.write(beforeEach.length == 0 ? new byte[0] : bytes("\r\n"));
        }
        out.write(beforeEach.length == 0 ? new byte[0] : bytes("0\r\n\r\n"));
      } catch (IOException enough) {
        assertThat(enough).hasMessageNotContaining("timed out");
      }
      return first(socket);
    }
  }

  private static String first(Socket socket) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int each = socket.getInputStream().read();
        each >= 0 && each != '\n';
        each = socket.getInputStream().read()) {
      line.write(each);
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
