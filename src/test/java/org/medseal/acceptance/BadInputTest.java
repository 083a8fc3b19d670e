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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.demo.DemoHospital;
import org.medseal.demo.MllpClient;
import org.medseal.demo.Poll;

/**
 * What is broken is refused or quarantined with a reason, says nothing of the inside, and is never
 * dropped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  private Hospitals hospitals;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    hospitals = Hospitals.start(folder, UnlistedAuthority.QUARANTINE);
  }

  @AfterAll
  void stop() {
    hospitals.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"MSH|^~\\&|A|B\rXYZ", "this is no HL7 at all", "PID|1||4711\r"})
  void unparsableHl7IsRefusedWithoutInternalsAndQuarantined(String unparsable) throws IOException {
    DemoHospital hospital = hospitals.hospital(1);
    try (MllpClient client = new MllpClient(hospital.endpoints().mllp().port(), SOON)) {
      String answer = client.exchange(unparsable.getBytes(StandardCharsets.US_ASCII));
      assertThat(answer).containsPattern("MSA\\|A[ER]").doesNotContain("Exception", "org.", "java");
    }
    assertThat(quarantined(hospital, "UNPARSABLE").path("feed").asText()).contains("mllp");
  }

  @Test
  void truncatedDicomIsQuarantined() throws IOException {
    DemoHospital hospital = hospitals.hospital(2);
    Path sample;
    try (Stream<Path> samples = Files.list(Path.of("samples/dicom"))) {
      sample =
          samples.filter(f -> f.toString().endsWith(".dcm")).sorted().findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(sample);
    drop(hospital, "dicom", "cut.dcm", Arrays.copyOf(whole, whole.length - 7));
    quarantined(hospital, "TRUNCATED");
  }

  @Test
  void brokenFhirBundleIsRefusedAndQuarantined() throws IOException, InterruptedException {
    DemoHospital hospital = hospitals.hospital(3);
    HttpRequest request =
        HttpRequest.newBuilder(hospital.fhir())
            .header("Content-Type", "application/fhir+json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":"))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("OperationOutcome").doesNotContain("Exception", "ca.uhn");
    quarantined(hospital, "UNPARSABLE");
  }

  @Test
  void unknownPatientAuthorityIsQuarantined() throws IOException {
    DemoHospital hospital = hospitals.hospital(4);
    String message =
        "MSH|^~\\&|A|B|C|D|20260401||ADT^A01|U1|P|2.5.1\rPID|1||778899^^^NOBODYKNOWS^MR\r";
    drop(hospital, "hl7", "unknown.hl7", message.getBytes(StandardCharsets.US_ASCII));
    quarantined(hospital, "UNKNOWN_AUTHORITY");
  }

  private static void drop(DemoHospital hospital, String kind, String name, byte[] content)
      throws IOException {
    Path folder = hospital.process().home().drop(kind);
    Path partial = folder.resolveSibling(name + ".partial");
    Files.write(partial, content);
    Files.move(partial, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private static JsonNode quarantined(DemoHospital hospital, String reason) {
    return Poll.until(
        "a message quarantined as " + reason,
        SOON,
        () -> {
          List<JsonNode> messages = Hospitals.messages(hospital);
          return messages.stream()
              .filter(m -> m.path("state").asText().equals("QUARANTINED"))
              .filter(m -> m.path("reason").asText().equals(reason))
              .findFirst()
              .or(Optional::empty);
        });
  }
}
