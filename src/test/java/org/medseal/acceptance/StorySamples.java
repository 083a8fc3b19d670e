package org.medseal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.medseal.demo.DemoHospital;
import org.medseal.demo.MllpClient;

/** The shipped samples of one patient, one of each format, sent to hospital-1; one broken one. */
record StorySamples(List<Sent> records) {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Map<String, String> SHOWN =
      Map.of("HL7V2", "OBX", "FHIR", "Observation", "DICOM", "Modality");

  /**
   * A record on the ledger.
   *
   * @param shows what a page about it says
   */
  record Sent(String format, String txId, String shows) {}

  static StorySamples sendTo(Hospitals hospitals) throws IOException, InterruptedException {
    DemoHospital first = hospitals.hospital(1);
    Path samples = Path.of("samples");
    try (MllpClient client = new MllpClient(first.endpoints().mllp().port(), SOON)) {
      assertThat(client.send(Files.readAllBytes(samples.resolve("hl7/oru-r01.hl7"))))
          .isIn("AA", "CA");
    }
    HttpRequest fhir =
        HttpRequest.newBuilder(first.fhir())
            .header("Content-Type", "application/fhir+json")
            .POST(
                HttpRequest.BodyPublishers.ofFile(
                    samples.resolve("fhir/observation-blood-pressure.json")))
            .build();
    HttpResponse<Void> answer =
        HttpClient.newHttpClient().send(fhir, HttpResponse.BodyHandlers.discarding());
    assertThat(answer.statusCode()).isBetween(200, 299);
    Path drop = first.process().home().drop("dicom");
    Path partial = drop.resolveSibling("dicom.partial");
    Files.copy(samples.resolve("dicom/ct-head.dcm"), partial);
    Files.move(partial, drop.resolve("ct-head.dcm"), StandardCopyOption.ATOMIC_MOVE);
    broken(hospitals.hospital(2));
    assertThat(Hospitals.awaitSettled(first, 3, SOON)).containsOnlyKeys("COMMITTED");
    return new StorySamples(committed(first));
  }

  private static void broken(DemoHospital hospital) throws IOException {
    try (MllpClient client = new MllpClient(hospital.endpoints().mllp().port(), SOON)) {
      client.exchange("this is no HL7 at all".getBytes(StandardCharsets.US_ASCII));
    }
    Hospitals.awaitSettled(hospital, 1, SOON);
  }

  private static List<Sent> committed(DemoHospital hospital) {
    List<Sent> sent = new ArrayList<>();
    for (JsonNode message : Hospitals.messages(hospital)) {
      String format = message.path("format").asText();
      for (JsonNode each : message.path("records")) {
        sent.add(new Sent(format, each.path("txId").asText(), SHOWN.get(format)));
      }
    }
    return sent;
  }

  List<Sent> oneOfEachFormat() {
    return SHOWN.keySet().stream().sorted().map(this::of).toList();
  }

  Sent of(String format) {
    return records.stream().filter(each -> each.format().equals(format)).findFirst().orElseThrow();
  }
}
