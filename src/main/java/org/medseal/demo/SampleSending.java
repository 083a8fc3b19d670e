package org.medseal.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.medseal.client.AdminClient;
import org.medseal.connectors.dicomnet.AssociationTimers;
import org.medseal.connectors.dicomnet.ScuSettings;
import org.medseal.connectors.dicomnet.StoreScu;
import org.medseal.demo.DemoReport.DemoTransaction;

/**
 * Sends the samples as their sources would, one at a time, and waits for each to be committed where
 * it was sent.
 */
final class SampleSending {
  private static final Duration COMMIT_WITHIN = Duration.ofMinutes(1);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final Set<String> DEAD_ENDS = Set.of("QUARANTINED", "NOT_A_RECORD", "FAILED");

  private final DemoConsortium consortium;
  private final Path samples;
  private final DemoReport report;
  private final Set<String> seen = new HashSet<>();
  private int turn;

  SampleSending(DemoConsortium consortium, Path samples, DemoReport report) {
    this.consortium = consortium;
    this.samples = samples;
    this.report = report;
  }

  String hl7OverMllp() throws IOException {
    List<Path> files = files("hl7");
    for (Path file : files) {
      DemoHospital hospital = next();
      try (MllpClient client = new MllpClient(hospital.endpoints().mllp().port(), ANSWER_WITHIN)) {
        String code = client.send(Files.readAllBytes(file));
        if (!code.equals("AA") && !code.equals("CA")) {
          throw new DemoFailure(source(file) + " was answered " + code);
        }
      }
      committed(hospital, "HL7V2", file);
    }
    return "%1$d sent, %1$d acknowledged, %1$d committed".formatted(files.size());
  }

  String fhirOverRest() throws IOException, InterruptedException {
    List<Path> files = files("fhir");
    HttpClient http = HttpClient.newHttpClient();
    for (Path file : files) {
      DemoHospital hospital = next();
      HttpRequest request =
          HttpRequest.newBuilder(hospital.fhir())
              .timeout(ANSWER_WITHIN)
              .header("Content-Type", "application/fhir+json")
              .POST(HttpRequest.BodyPublishers.ofFile(file))
              .build();
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        throw new DemoFailure(source(file) + " was answered " + status);
      }
      committed(hospital, "FHIR", file);
    }
    return "%1$d posted, %1$d answered, %1$d committed".formatted(files.size());
  }

  String dicomByCStore() throws IOException {
    List<Path> files = files("dicom");
    for (Path file : files) {
      DemoHospital hospital = next();
      int status = cStore(hospital.endpoints().dicom().port(), file);
      if (status != 0) {
        throw new DemoFailure(source(file) + " was answered " + Integer.toHexString(status) + "H");
      }
      committed(hospital, "DICOM", file);
    }
    return "%1$d stored, %1$d answered 0000H, %1$d committed".formatted(files.size());
  }

  private static int cStore(int port, Path file) throws IOException {
    ScuSettings settings =
        new ScuSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            "MEDSEAL",
            "DEMO",
            AssociationTimers.defaults(),
            Optional.empty());
    StoreScu.Offer offer;
    try (InputStream in = Files.newInputStream(file)) {
      offer = StoreScu.Offer.of(in);
    }
    try (InputStream in = Files.newInputStream(file);
        StoreScu scu = StoreScu.open(settings, List.of(offer))) {
      return scu.store(in);
    }
  }

  /** Written beside the folder and moved in, as a careful source does. */
  String fromFolder(String kind, String format) throws IOException {
    List<Path> files = files(kind);
    for (Path file : files) {
      DemoHospital hospital = next();
      Path folder = hospital.process().home().drop(kind);
      Path partial = folder.resolveSibling(kind + ".partial");
      Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.move(partial, folder.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      committed(hospital, format, file);
    }
    return "%1$d dropped, %1$d committed".formatted(files.size());
  }

  /** Every transaction is found, at the same height, in every hospital's own copy. */
  String committedEverywhere() {
    List<DemoTransaction> transactions = report.transactions();
    for (DemoHospital hospital : consortium.hospitals()) {
      AdminClient physician = hospital.asPhysician();
      for (DemoTransaction transaction : transactions) {
        Poll.until(
            transaction.source() + " at " + hospital.name(),
            COMMIT_WITHIN,
            () -> heightAt(physician, transaction).filter(h -> h == transaction.height()));
      }
    }
    return "%d transactions at the same height on %d nodes"
        .formatted(transactions.size(), consortium.hospitals().size());
  }

  private static Optional<Long> heightAt(AdminClient reader, DemoTransaction transaction) {
    AdminClient.Answer answer = reader.get("/api/v1/records/" + transaction.txId());
    return answer.status() == 200
        ? Optional.of(answer.json().path("height").asLong())
        : Optional.empty();
  }

  /** The hospital's newest message has become records of the ledger. */
  private void committed(DemoHospital hospital, String format, Path file) {
    AdminClient operator = hospital.asOperator();
    JsonNode message =
        Poll.until(source(file) + " being committed", COMMIT_WITHIN, () -> finished(operator));
    seen.add(message.path("id").asText());
    for (JsonNode node : message.path("records")) {
      report.transaction(
          new DemoTransaction(
              hospital.name(),
              format,
              source(file),
              node.path("txId").asText(),
              node.path("height").asLong()));
    }
  }

  private Optional<JsonNode> finished(AdminClient operator) {
    for (JsonNode message : operator.get("/api/v1/messages").expect(200).json().path("messages")) {
      if (seen.contains(message.path("id").asText())) {
        continue;
      }
      String state = message.path("state").asText();
      if (DEAD_ENDS.contains(state)) {
        throw new DemoFailure(
            "a sample became "
                + state
                + " "
                + message.path("reason").asText()
                + " at "
                + message.path("place").asText());
      }
      if (state.equals("COMMITTED")) {
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }

  private List<Path> files(String kind) throws IOException {
    try (Stream<Path> list = Files.list(samples.resolve(kind))) {
      return list.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private DemoHospital next() {
    return consortium.hospitals().get(turn++ % consortium.hospitals().size());
  }

  private static String source(Path file) {
    return "samples/" + file.getParent().getFileName() + "/" + file.getFileName();
  }
}
