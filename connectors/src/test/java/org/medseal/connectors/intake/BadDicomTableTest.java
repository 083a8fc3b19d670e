package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.dicom.CaseFiles;
import org.medseal.connectors.dicomnet.AssociationTimers;
import org.medseal.connectors.dicomnet.ScuSettings;
import org.medseal.connectors.dicomnet.StoreScu;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageView;

/** What a sender of a file that is not released is told, and where the file went. */
class BadDicomTableTest extends RouteCase {
  private static final String RELEASED = "released";
  private static final Path TABLE = Path.of("docs/dicom-deidentification.md");

  @Test
  void everyCaseFileThatIsNotReleasedIsInTheTable() throws Exception {
    List<String> rows = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    try (Hospital hospital = new Hospital(home, MessageLimits.defaults())) {
      hospital.start(
          "feeds/stow-in.yaml", "feeds/dicom.yaml", "feeds/dicom-folder.yaml", "pipeline.yaml");
      for (Path file : CaseFiles.all()) {
        byte[] bytes = Files.readAllBytes(file);
        String told = send(hospital, bytes);
        // The same bytes twice are one message.
        Optional<String> stow = newest(hospital, seen).map(BadDicomTableTest::whereTo);
        String status = store(hospital, bytes);
        Optional<String> cStore = newest(hospital, seen).map(BadDicomTableTest::whereTo);
        if (stow.isPresent() && !stow.get().equals(RELEASED)) {
          drop("dicom", rows.size() + ".dcm", bytes);
          awaitTrue(() -> isEmpty(home.resolve("drop/dicom")));
          assertThat(newest(hospital, seen).map(BadDicomTableTest::whereTo))
              .as("%s from a folder", file)
              .isEqualTo(stow);
          String name = CaseFiles.folder().relativize(file).toString();
          String otherwise =
              cStore.isEmpty() || cStore.equals(stow) ? "" : "; over C-STORE " + cStore.get();
          rows.add(
              "| `%s` | %s | %s | %s%s |".formatted(name, told, status, stow.get(), otherwise));
        }
      }
    }
    assertThat(rows).hasSizeGreaterThan(20);
    assertThat(Files.readString(TABLE)).contains(String.join("\n", rows));
  }

  /** The status, or why a sender that asks for the file's own class and syntax sends nothing. */
  private static String store(Hospital hospital, byte[] file) throws IOException {
    StoreScu.Offer offer;
    try {
      offer = StoreScu.Offer.of(new ByteArrayInputStream(file));
    } catch (IOException e) {
      return "says no class";
    }
    ScuSettings settings =
        new ScuSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), hospital.dicomPort("dicom")),
            "MEDSEAL",
            "SENDER",
            AssociationTimers.defaults(),
            Optional.empty());
    try (StoreScu scu = StoreScu.open(settings, List.of(offer))) {
      return scu.takes(offer)
          ? String.format(Locale.ROOT, "%04XH", scu.store(new ByteArrayInputStream(file)))
          : "context refused";
    }
  }

  /** Once it has come to its end, or to the ledger. */
  private static Optional<MessageView> newest(Hospital hospital, Set<String> seen) {
    awaitTrue(() -> hospital.store.counts().get(MessageState.RECEIVED) == 0);
    return hospital.store.list(Optional.empty(), 1000, Optional.empty()).stream()
        .filter(message -> seen.add(message.id()))
        .findFirst();
  }

  private static String whereTo(MessageView message) {
    boolean released =
        switch (message.state()) {
          case SEALED, SUBMITTED, COMMITTED -> true;
          default -> false;
        };
    return released
        ? RELEASED
        : message.state()
            + message.reason().map(reason -> " " + reason).orElse("")
            + message.place().map(place -> " at " + place).orElse("");
  }

  private static String send(Hospital hospital, byte[] file) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(Hospital.bytes("--x\r\nContent-Type: application/dicom\r\n\r\n"));
    body.writeBytes(file);
    body.writeBytes(Hospital.bytes("\r\n--x--\r\n"));
    URI uri = URI.create(hospital.fhirBase().replace("/fhir", "/dicom-web/studies"));
    HttpResponse<String> answer =
        RouteCase.send(
            HttpRequest.newBuilder(uri)
                .header("Content-Type", "multipart/related; type=application/dicom; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
    JsonNode response = new ObjectMapper().readTree(answer.body());
    int reason = response.findPath("00081197").path("Value").path(0).asInt();
    return answer.statusCode() + (reason == 0 ? "" : String.format(Locale.ROOT, ", %04XH", reason));
  }
}
