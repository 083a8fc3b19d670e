package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Vr;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.message.MessageState;

/** STOW-RS through the shipped template, feed and pipeline. */
class StowRouteTest extends StowCase {
  @Test
  void storedInstancesAreNamedAndCommitted() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start(FEED, "pipeline.yaml");
      HttpResponse<String> answer = stow(hospital, "/studies", ct(1, 8), ct(2, 8), ct(3, 8));
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonNode response = json(answer);
      assertThat(instances(response, "00081199"))
          .containsExactly(STUDY + ".1", STUDY + ".2", STUDY + ".3");
      assertThat(response.has("00081198")).isFalse();
      assertThat(response.path("00081190").path("vr").asText()).isEqualTo("UR");
      awaitTrue(() -> hospital.store.counts().get(MessageState.COMMITTED) == 3);
      assertThat(stow(hospital, "/studies/" + STUDY, ct(1, 8)).statusCode()).isEqualTo(200);
      assertThat(hospital.store.counts().get(MessageState.COMMITTED)).isEqualTo(3);
    }
  }

  @Test
  void xmlIsAnsweredWhereItIsAskedFor() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start(FEED);
      HttpResponse<String> answer =
          send(
              request(hospital, "/studies")
                  .header("Content-Type", DICOM + "\"x y\"")
                  .header("Accept", "application/dicom+xml")
                  .POST(
                      HttpRequest.BodyPublishers.ofByteArray(
                          multipart("x y", ct(1, 8), Hospital.bytes("no DICOM")))));
      assertThat(answer.statusCode()).isEqualTo(202);
      var document =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
      assertThat(document.getDocumentElement().getTextContent())
          .contains(STUDY + ".1")
          .contains(String.valueOf(0xC000));
    }
  }

  @Test
  void whatIsNotOfTheStudyOrNotDicomIsNamedAsFailedAndTheRestIsStored() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start(FEED, "pipeline.yaml");
      HttpResponse<String> other = stow(hospital, "/studies/1.2.3", ct(1, 8));
      assertThat(other.statusCode()).isEqualTo(409);
      assertThat(instances(json(other), "00081198")).containsExactly(STUDY + ".1");
      assertThat(json(other).at("/00081198/Value/0/00081197/Value/0").asInt()).isEqualTo(0xA900);
      HttpResponse<String> mixed =
          stow(hospital, "/studies", Hospital.bytes("{\"no\":\"DICOM\"}"), ct(1, 8));
      assertThat(mixed.statusCode()).isEqualTo(202);
      assertThat(instances(json(mixed), "00081199")).containsExactly(STUDY + ".1");
      assertThat(json(mixed).at("/0008119A/Value/0/00081197/Value/0").asInt()).isEqualTo(0xC000);
      awaitTrue(() -> hospital.store.counts().get(MessageState.QUARANTINED) == 1);
      awaitTrue(() -> hospital.store.counts().get(MessageState.COMMITTED) == 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /studies, application/dicom+json, '', 415",
    "POST, /studies, 'multipart/related; type=\"application/dicom+json\"; boundary=x', '', 415",
    "POST, /studies, 'multipart/form-data; boundary=x', '', 415",
    "POST, /studies, 'multipart/related; type=\"application/dicom\"', '', 400",
    "POST, /studies, 'multipart/related; type=application/dicom; boundary=\"\u00fc\"', '', 400",
    "POST, /studies, 'multipart/related; type=application/dicom; boundary=x', text/html, 406",
    "POST, /studies, 'multipart/related; type=application/dicom; boundary=x', '', 400",
    "POST, /studies/one, 'multipart/related; type=application/dicom; boundary=x', '', 404",
    "POST, /series, 'multipart/related; type=application/dicom; boundary=x', '', 404",
    "PUT, /studies, 'multipart/related; type=application/dicom; boundary=x', '', 405",
    "GET, /studies, '', '', 405"
  })
  void requestsThatCannotBeServedGetTheirStatus(
      String method, String path, String contentType, String accept, int status) throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start(FEED);
      HttpRequest.Builder request =
          request(hospital, path)
              .method(method, HttpRequest.BodyPublishers.ofString("no part at all"));
      if (!contentType.isEmpty()) {
        request.header("Content-Type", contentType);
      }
      if (!accept.isEmpty()) {
        request.header("Accept", accept);
      }
      HttpResponse<String> answer = send(request);
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.body()).doesNotContain("Exception").doesNotContain("org.medseal");
      assertThat(hospital.store.counts().values()).containsOnly(0L);
    }
  }

  @Test
  void bulkDataPartsAreRefused() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start(FEED);
      String body = "--x\r\nContent-Type: application/octet-stream\r\n\r\nbulk\r\n--x--";
      HttpResponse<String> answer =
          send(
              request(hospital, "/studies")
                  .header("Content-Type", DICOM + "x")
                  .POST(HttpRequest.BodyPublishers.ofString(body)));
      assertThat(answer.statusCode()).isEqualTo(415);
      assertThat(hospital.store.counts().values()).containsOnly(0L);
    }
  }

  @Test
  void largeInstancesWaitEncryptedAndByteForByte() throws Exception {
    try (Hospital hospital = new Hospital(home, MessageLimits.defaults())) {
      hospital.start(FEED);
      List<byte[]> sent = List.of(ct(1, 6 << 20), ct(2, 8), ct(3, 3 << 20));
      HttpResponse<String> answer = stow(hospital, "/studies", sent.toArray(byte[][]::new));
      assertThat(answer.statusCode()).isEqualTo(200);
      List<byte[]> stored =
          hospital.store.list(Optional.empty(), 10, Optional.empty()).stream()
              .map(message -> hospital.store.raw(message.id()))
              .toList();
      assertThat(stored).usingElementComparator(Arrays::compare).containsExactlyElementsOf(sent);
      try (var files = Files.walk(home)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain(CANARY);
        }
      }
    }
  }

  @Test
  void anInstanceAboveTheLimitDoesNotStopTheOthers() throws Exception {
    MessageLimits small = new MessageLimits(1 << 20, 2 << 20, 1000, 1 << 28, 1000);
    try (Hospital hospital = new Hospital(home, small)) {
      hospital.start(FEED);
      HttpResponse<String> answer = stow(hospital, "/studies", ct(1, 8), ct(2, 3 << 20), ct(3, 8));
      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(instances(json(answer), "00081199")).containsExactly(STUDY + ".1", STUDY + ".3");
      assertThat(stow(hospital, "/studies", ct(2, 3 << 20)).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void aSenderThatStopsOrGoesAwayStoresWhatWasWhole() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start(FEED);
      byte[] body = multipart("x", ct(1, 8), ct(2, 8));
      byte[] cut = Arrays.copyOf(body, body.length - ct(2, 8).length / 2);
      URI uri = URI.create(base(hospital));
      try (Socket line = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
        line.getOutputStream().write(Hospital.bytes(head(uri, body.length)));
        line.getOutputStream().write(cut);
        line.getOutputStream().flush();
        awaitTrue(() -> hospital.store.counts().get(MessageState.RECEIVED) == 1);
      }
      HttpResponse<String> next = stow(hospital, "/studies", ct(3, 8));
      assertThat(next.statusCode()).isEqualTo(200);
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(2);
    }
  }

  @Test
  void aRequestThatClaimsFourGigabytesCostsNothing() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start(FEED);
      URI uri = URI.create(base(hospital));
      List<Socket> lines = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Socket line = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
        lines.add(line);
        OutputStream out = line.getOutputStream();
        out.write(Hospital.bytes(head(uri, 4L << 30)));
        out.write(Hospital.bytes("--x\r\n\r\n" + "DICM".repeat(100)));
        out.flush();
      }
      assertThat(stow(hospital, "/studies", ct(1, 8)).statusCode()).isEqualTo(200);
      for (Socket line : lines) {
        line.close();
      }
      assertThat(stow(hospital, "/studies", ct(2, 8)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void curlSendsASeries() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
    try (Hospital hospital = new Hospital(home, MessageLimits.defaults())) {
      hospital.start(FEED);
      byte[][] parts = new byte[20][];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = ct(i, 1 << 19);
      }
      Path body = Files.write(home.resolve("body.bin"), multipart("x", parts));
      Process curl =
          new ProcessBuilder(
                  "/usr/bin/curl",
                  "-s",
                  "-S",
                  "-H",
                  "Content-Type: " + DICOM + "x",
                  "-H",
                  "Transfer-Encoding: chunked",
                  "-H",
                  "Expect: 100-continue",
                  "--data-binary",
                  "@" + body,
                  base(hospital) + "/studies")
              .redirectErrorStream(true)
              .start();
      String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(curl.waitFor()).isZero();
      assertThat(instances(new ObjectMapper().readTree(answer), "00081199")).hasSize(parts.length);
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(parts.length);
    }
  }

  @Test
  void datasetsWithoutUidsAreTakenButNotNamed() throws Exception {
    try (Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start(FEED, "pipeline.yaml");
      Dataset nameless = new Dataset().put(Part10.text(Tag.MODALITY, Vr.CS, "CT"));
      HttpResponse<String> answer =
          stow(hospital, "/studies", Part10.write(TransferSyntax.EXPLICIT_LITTLE, nameless));
      assertThat(answer.statusCode()).isEqualTo(409);
      awaitTrue(() -> hospital.store.counts().get(MessageState.QUARANTINED) == 1);
    }
  }
}
