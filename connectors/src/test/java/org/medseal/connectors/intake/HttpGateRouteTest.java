package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.fhirpush.FhirExamine;
import org.medseal.connectors.fhirpush.FhirPush;
import org.medseal.connectors.httpaccess.HttpAccess;
import org.medseal.connectors.httpaccess.HttpGates;
import org.medseal.connectors.httpaccess.RouteReach;
import org.medseal.connectors.httpaccess.TokenFile;
import org.medseal.connectors.httpbody.BodyRoom;
import org.medseal.connectors.httpbody.Pace;

/** Who is let in over HTTP, and what a sender may cost before that is known. */
class HttpGateRouteTest extends RouteCase {
  /** SHA-256 of "abc" (FIPS 180-2 appendix B.1). */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String FEED = "feeds/fhir-push.yaml";
  private static final Map<String, String> PUSH = Map.of("fhir-push", "fhir-push");
  private static final int LARGE = 10 << 20;

  private static final int HALF = 32 << 10;
  private static final Pace PATIENT = new Pace(60_000, 1);

  /** Vert.x has 20 worker threads. */
  private static final int MORE_THAN_WORKERS = 24;

  private Map<String, HttpAccess> tokens() throws IOException {
    TokenFile file = new TokenFile(Files.writeString(home.resolve("tokens"), "ehr " + OF_ABC));
    return Map.of("fhir-push", new HttpAccess(Optional.empty(), Optional.of(file)));
  }

  private static HttpRequest.Builder request(String base, byte[] body) {
    return HttpRequest.newBuilder(URI.create(base + "/Patient"))
        .header("Authorization", "Bearer abc")
        .header("Content-Type", "application/fhir+json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  /** Where others would reach this machine. */
  private static Optional<String> elsewhere() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof java.net.Inet4Address)
        .filter(address -> !address.isLoopbackAddress())
        .map(InetAddress::getHostAddress)
        .findFirst();
  }

  @Test
  void aTokenIsTakenFromThisMachineAndNotOverPlainHttpFromAnother() throws Exception {
    Optional<String> elsewhere = elsewhere();
    assumeTrue(elsewhere.isPresent(), "this machine has a loopback address only");
    try (LogCapture log = LogCapture.open();
        Hospital hospital = new Hospital(home, ROOM)) {
      hospital.open(tokens()).reaches(PUSH).start(FEED);
      String outside = hospital.fhirBase().replace("127.0.0.1", elsewhere.get());
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> refused = send(request(outside, patient("1")));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("OperationOutcome", "over TLS only");
      }
      assertThat(hospital.store.counts().values()).containsOnly(0L);
      assertThat(log.text().lines().filter(line -> line.contains("plain HTTP")))
          .as("one sentence, however many come")
          .singleElement()
          .asString()
          .contains("feed fhir-push", "medseal.fhir.tls.certificate");
      assertThat(send(request(hospital.fhirBase(), patient("1"))).statusCode()).isEqualTo(201);
    }
  }

  /** A head whose body never comes, and the first line of the answer. */
  private static String statusOf(Hospital hospital, String... headers) throws IOException {
    try (Socket line = sender(hospital, headers)) {
      return status(line);
    }
  }

  private static Socket sender(Hospital hospital, String... headers) throws IOException {
    URI uri = URI.create(hospital.fhirBase());
    Socket line = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
    line.setSoTimeout(30_000);
    line.getOutputStream()
        .write(
            Hospital.bytes(
                "POST /fhir/Patient HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/fhir+json\r\n"
                    + String.join("\r\n", headers)
                    + "\r\n\r\n"));
    return line;
  }

  private static String status(Socket line) throws IOException {
    InputStream in = line.getInputStream();
    StringBuilder text = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\r'; b = in.read()) {
      text.append((char) b);
    }
    return text.toString();
  }

  @Test
  void whoIsNotKnownIsRefusedBeforeTheBodyIsRead() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.open(tokens()).reaches(PUSH).start(FEED);
      assertThat(statusOf(hospital, "Content-Length: " + LARGE)).contains(" 401 ");
      assertThat(statusOf(hospital, "Transfer-Encoding: chunked")).contains(" 401 ");
    }
  }

  @Test
  void whatCannotBeStoredIsAnsweredBeforeTheBodyIsRead() throws Exception {
    try (Hospital hospital = new Hospital(home, FULL)) {
      hospital.start(FEED);
      assertThat(statusOf(hospital, "Content-Length: " + (1L << 33))).contains(" 413 ");
      assertThat(post(hospital, "/Patient", patient("1")).statusCode()).isEqualTo(201);
      assertThat(statusOf(hospital, "Content-Length: " + LARGE)).contains(" 429 ");
      hospital.store.close();
      assertThat(statusOf(hospital, "Content-Length: " + LARGE)).contains(" 503 ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, LARGE})
  void whoIsRefusedWhileSendingGetsTheAnswerAllTheSame(int bytes) throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.open(tokens()).reaches(PUSH).start(FEED);
      for (int i = 0; i < 10; i++) {
        HttpRequest.Builder stranger =
            request(hospital.fhirBase(), new byte[bytes]).setHeader("Authorization", "Bearer abd");
        assertThat(send(stranger).statusCode()).isEqualTo(401);
      }
    }
  }

  @Test
  void aBodyInChunksEndsAtTheLimit() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start(FEED);
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(URI.create(hospital.fhirBase() + "/Patient"))
                  .POST(
                      HttpRequest.BodyPublishers.ofInputStream(
                          () ->
                              new java.io.ByteArrayInputStream(
                                  new byte[FhirPush.DEFAULT_MAX_BYTES + 1]))));
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(hospital.store.counts().values()).containsOnly(0L);
    }
  }

  private Hospital hospital(BodyRoom room, Pace pace) throws Exception {
    Hospital hospital = new Hospital(home, ROOM);
    hospital
        .camel
        .getRegistry()
        .bind(
            "fhirExamine",
            new FhirExamine(
                new FhirPush(1 << 20), new HttpGates(Map.of(), new RouteReach()), room, pace));
    return hospital.start(FEED);
  }

  /** So much of a body that is as large again. */
  private static Socket half(Hospital hospital, int bytes) throws IOException {
    Socket line = sender(hospital, "Content-Length: " + 2 * bytes);
    line.getOutputStream().write(new byte[bytes]);
    return line;
  }

  @Test
  void bodiesTogetherTakeNoMoreThanTheirRoomAndGiveItBack() throws Exception {
    BodyRoom room = new BodyRoom(2 * HALF, Duration.ZERO);
    try (Hospital hospital = hospital(room, PATIENT)) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        int taken = i * HALF;
        slow.add(half(hospital, HALF));
        awaitTrue(() -> room.taken() == taken);
      }
      HttpResponse<String> fourth = post(hospital, "/Patient", patient("1"));
      assertThat(fourth.statusCode()).isEqualTo(429);
      assertThat(fourth.headers().firstValue("Retry-After")).isPresent();
      slow.get(0).close();
      awaitTrue(() -> room.taken() == 2 * HALF);
      assertThat(post(hospital, "/Patient", patient("1")).statusCode()).isEqualTo(201);
      slow.get(2).getOutputStream().write(new byte[HALF]);
      assertThat(status(slow.get(2))).as("whole, but no resource").contains(" 400 ");
      slow.get(1).close();
      slow.get(2).close();
      awaitTrue(() -> room.taken() == 0);
    }
  }

  @Test
  void whoFindsNoRoomIsReadOnceOthersHaveLeft() throws Exception {
    BodyRoom room = new BodyRoom(HALF, Duration.ofMinutes(1));
    try (Hospital hospital = hospital(room, PATIENT)) {
      Socket first = half(hospital, HALF);
      awaitTrue(() -> room.taken() == HALF);
      Socket second = half(hospital, HALF);
      awaitTrue(() -> room.taken() == 2 * HALF);
      CompletableFuture<HttpResponse<String>> third =
          HttpClient.newHttpClient()
              .sendAsync(
                  request(hospital.fhirBase(), patient("1")).build(),
                  HttpResponse.BodyHandlers.ofString());
      awaitTrue(() -> room.heldBack() == 1);
      first.getOutputStream().write(new byte[HALF]);
      second.getOutputStream().write(new byte[HALF]);
      assertThat(status(second)).as("what is set aside is its own").contains(" 400 ");
      assertThat(status(first)).contains(" 400 ");
      assertThat(third.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(201);
      awaitTrue(() -> room.taken() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4000})
  void whoFallsSilentIsGivenUp(int bytes) throws Exception {
    BodyRoom room = new BodyRoom(1 << 20, Duration.ZERO);
    try (Hospital hospital = hospital(room, new Pace(100, 1))) {
      try (Socket line = half(hospital, bytes)) {
        assertThat(status(line)).contains(" 408 ");
      }
      awaitTrue(() -> room.taken() == 0);
      assertThat(hospital.store.counts().values()).containsOnly(0L);
    }
  }

  @Test
  void sendersThatDripKeepNobodyWaiting() throws Exception {
    try (Hospital hospital = hospital(new BodyRoom(1 << 20, Duration.ZERO), PATIENT)) {
      List<Socket> dripping = new ArrayList<>();
      for (int i = 0; i < MORE_THAN_WORKERS; i++) {
        Socket line = sender(hospital, "Content-Length: 2", "Expect: 100-continue");
        line.getOutputStream().write('{');
        assertThat(status(line)).as("its body is waited for").contains(" 100 ");
        dripping.add(line);
      }
      assertThat(post(hospital, "/Patient", patient("1")).statusCode()).isEqualTo(201);
      for (Socket line : dripping) {
        line.getOutputStream().write('}');
        line.getInputStream().skipNBytes("\n\r\n".length());
        assertThat(status(line)).as("whole, but no resource").contains(" 400 ");
        line.close();
      }
    }
  }
}
