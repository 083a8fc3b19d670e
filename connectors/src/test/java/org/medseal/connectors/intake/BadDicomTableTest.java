package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
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
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageView;

/** What a sender of a file that is not released is told, and where the file went. */
class BadDicomTableTest extends RouteCase {
  private static final Path TABLE = Path.of("docs/dicom-deidentification.md");

  @Test
  void everyCaseFileThatIsNotReleasedIsInTheTable() throws Exception {
    List<String> rows = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    try (Hospital hospital = new Hospital(home, MessageLimits.defaults())) {
      hospital.start("feeds/stow-in.yaml", "pipeline.yaml");
      for (Path file : CaseFiles.all()) {
        String told = send(hospital, Files.readAllBytes(file));
        awaitTrue(() -> hospital.store.counts().get(MessageState.RECEIVED) == 0);
        // The same bytes twice are one message.
        newest(hospital, seen)
            .filter(message -> message.state() != MessageState.COMMITTED)
            .filter(message -> message.state() != MessageState.SUBMITTED)
            .filter(message -> message.state() != MessageState.SEALED)
            .ifPresent(
                message ->
                    rows.add(
                        "| `"
                            + CaseFiles.folder().relativize(file)
                            + "` | "
                            + told
                            + " | "
                            + whereTo(message)
                            + " |"));
      }
    }
    assertThat(rows).hasSizeGreaterThan(20);
    assertThat(Files.readString(TABLE)).contains(String.join("\n", rows));
  }

  private static Optional<MessageView> newest(Hospital hospital, Set<String> seen) {
    return hospital.store.list(Optional.empty(), 1000, Optional.empty()).stream()
        .filter(message -> seen.add(message.id()))
        .findFirst();
  }

  private static String whereTo(MessageView message) {
    return message.state()
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
