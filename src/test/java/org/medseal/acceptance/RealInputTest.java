package org.medseal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.demo.DemoHospital;
import org.medseal.demo.MllpClient;

/** Real messages and images through four running hospitals: each has an answer and an end. */
class RealInputTest {
  private static final Path CASES = Path.of("../shared/cases");
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Duration SETTLED = Duration.ofMinutes(4);
  private static final int START = 0x0B;
  private static final int END = 0x1C;

  @Test
  void nothingIsLostAndNineInTenCommit(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(Files.isDirectory(CASES), "no ../shared/cases here: real input not sent");
    try (Hospitals hospitals = Hospitals.start(folder, UnlistedAuthority.LOCAL)) {
      Tally hl7 = new Tally("HL7 v2 over MLLP");
      hl7.sent = sendHl7(hospitals.hospital(1));
      hl7.add(Hospitals.awaitSettled(hospitals.hospital(1), hl7.sent, SETTLED));
      Tally fhir = new Tally("Synthea bundles by REST");
      fhir.sent = postFhir(hospitals.hospital(2));
      fhir.add(Hospitals.awaitSettled(hospitals.hospital(2), fhir.sent, SETTLED));
      Tally dicom = new Tally("DICOM from a folder");
      dicom.sent = dropDicom(hospitals.hospital(3));
      dicom.add(Hospitals.awaitSettled(hospitals.hospital(3), dicom.sent, SETTLED));
      for (Tally tally : List.of(hl7, fhir, dicom)) {
        System.out.println(tally);
        assertThat(tally.ended()).as(tally.name + ": sent and ended").isEqualTo(tally.sent);
      }
      assertThat(hl7.sent).isEqualTo(1013);
      assertThat(hl7.committed() * 10).isGreaterThanOrEqualTo(hl7.sent * 9);
      assertThat((hl7.committed() + fhir.committed() + dicom.committed()) * 10)
          .isGreaterThanOrEqualTo((hl7.wellFormed() + fhir.wellFormed() + dicom.wellFormed()) * 9);
    }
  }

  private static int sendHl7(DemoHospital hospital) throws IOException {
    Path file = CASES.resolve("hl7v2/google-simhospital/simhospital-1013-mllp-framed.hl7");
    int sent = 0;
    try (MllpClient client = new MllpClient(hospital.endpoints().mllp().port(), ANSWER)) {
      for (byte[] message : frames(Files.readAllBytes(file))) {
        assertThat(client.send(message)).isIn("AA", "CA");
        sent++;
      }
    }
    return sent;
  }

  private static List<byte[]> frames(byte[] stream) {
    List<byte[]> frames = new ArrayList<>();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (byte b : stream) {
      if (b == START) {
        frame.reset();
      } else if (b == END) {
        frames.add(frame.toByteArray());
      } else {
        frame.write(b);
      }
    }
    return frames;
  }

  private static int postFhir(DemoHospital hospital) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    int sent = 0;
    for (String source : List.of("synthea-3.3.0-generated", "synthea-via-microsoft")) {
      for (Path file : files(CASES.resolve("fhir").resolve(source))) {
        HttpRequest request =
            HttpRequest.newBuilder(hospital.fhir())
                .timeout(ANSWER)
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
            .as(file.getFileName().toString())
            .isIn(200, 201, 202);
        sent++;
      }
    }
    return sent;
  }

  private static int dropDicom(DemoHospital hospital) throws IOException {
    Path drop = hospital.process().home().drop("dicom");
    int sent = 0;
    for (Path file : files(CASES.resolve("dicom"))) {
      if (file.toString().endsWith(".dcm")) {
        Path partial = drop.resolveSibling("partial");
        Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, drop.resolve(sent + ".dcm"), StandardCopyOption.ATOMIC_MOVE);
        sent++;
      }
    }
    return sent;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Sent and ended, by state and reason. */
  private static final class Tally {
    private final String name;
    private final Map<String, Integer> ends = new TreeMap<>();
    private int sent;

    Tally(String name) {
      this.name = name;
    }

    void add(Map<String, Integer> counts) {
      counts.forEach((state, count) -> ends.merge(state, count, Integer::sum));
    }

    int ended() {
      return ends.values().stream().mapToInt(Integer::intValue).sum();
    }

    int committed() {
      return ends.getOrDefault("COMMITTED", 0);
    }

    /** All but what is broken, about nobody, or rightly kept back for its pixels or its size. */
    int wellFormed() {
      int kept = ended();
      for (String reason :
          List.of(
              "QUARANTINED UNPARSABLE",
              "QUARANTINED TRUNCATED",
              "QUARANTINED BURNED_IN_PIXELS",
              "NOT_A_RECORD")) {
        kept -= ends.getOrDefault(reason, 0);
      }
      return kept;
    }

    @Override
    public String toString() {
      return name + ": " + sent + " sent; " + ends;
    }
  }
}
