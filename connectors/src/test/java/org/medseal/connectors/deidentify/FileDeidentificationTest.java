package org.medseal.connectors.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDeidentificationTest {

  private static final String MESSAGE =
      "MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5\rPID|1||48151623^^^HOSP1^MR||Testperson^Walburga\r";
  private static final String OBSERVATION =
      "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"2345-7\"}]},\"subject\":{\"reference\":\"Patient/9%s\"}}";

  @TempDir Path in;
  @TempDir Path out;

  @Test
  void aFolderKeepsItsPathsAndOnlyReleasedFilesAreWritten() throws IOException {
    write("a/b/ok.hl7", MESSAGE);
    write("ack.hl7", "MSH|^~\\&|A|B|C|D|2024||ACK|1|P|2.5\rMSA|AA|1\r");
    write("broken.hl7", "no message");
    FileReport report = run(Format.HL7V2);
    assertThat(out.resolve("a/b/ok.hl7")).exists();
    assertThat(out.resolve("ack.hl7")).doesNotExist();
    assertThat(out.resolve("broken.hl7")).doesNotExist();
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(json.at("/files/0/file").asText()).isEqualTo("a/b/ok.hl7");
    assertThat(json.at("/files/0/outcome").asText()).isEqualTo("released");
    assertThat(json.at("/files/0/messages/0/rules/PID drop").asInt()).isEqualTo(1);
    assertThat(json.at("/files/1/messages/0/kind").asText()).isEqualTo("ACK");
    assertThat(json.at("/files/2/messages/0/reason").asText()).isEqualTo("UNPARSABLE");
    assertThat(json.at("/totals/messages/released").asInt()).isEqualTo(1);
    assertThat(json.at("/totals/reasons/UNPARSABLE").asInt()).isEqualTo(1);
    assertThat(report.toJson()).doesNotContain("Testperson", "48151623");
  }

  @Test
  void framesAndBatchesAreSplitAndEachMessageHasItsOutcome() throws IOException {
    write(
        "frames.hl7",
        "\u000b" + MESSAGE + "\u001c\r\u000b" + MESSAGE.replace("48151623^", "^") + "\u001c\r");
    write(
        "batch.hl7",
        "FHS|^~\\&|x\rBHS|^~\\&|x\r"
            + MESSAGE
            + MESSAGE.replace("48151623", "48151624")
            + "BTS|2\rFTS|1\r");
    FileReport report = run(Format.HL7V2);
    assertThat(report.files().get(0).messages())
        .extracting(FileReport.MessageEntry::outcome)
        .containsExactly("released", "released");
    assertThat(report.files().get(1).messages())
        .extracting(FileReport.MessageEntry::outcome)
        .containsExactly("released", "quarantined");
    assertThat(report.files().get(1).outcome()).isEqualTo("quarantined");
    String batch = Files.readString(out.resolve("batch.hl7"));
    assertThat(batch.split("MSH\\|", -1)).hasSize(3);
    assertThat(batch).doesNotContain("FHS", "BHS", "Testperson");
  }

  @Test
  void fhirFilesKeepTheirFormAndEveryPatientGetsAFile() throws IOException {
    String bundle =
        "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":"
            + OBSERVATION.formatted(1)
            + "},{\"resource\":"
            + OBSERVATION.formatted(2)
            + "}]}";
    write("two.json", bundle);
    write("lines.ndjson", OBSERVATION.formatted(3) + "\n\n" + OBSERVATION.formatted(4) + "\n");
    write(
        "one.xml",
        "<Condition xmlns=\"http://hl7.org/fhir\"><subject><reference value=\"Patient/95\"/></subject></Condition>");
    FileReport report = run(Format.FHIR);
    assertThat(report.files()).extracting(FileReport.FileEntry::outcome).containsOnly("released");
    assertThat(report.files().get(2).outputs()).containsExactly("two.json", "two-2.json");
    assertThat(Files.readAllLines(out.resolve("lines.ndjson"))).hasSize(2);
    assertThat(Files.readString(out.resolve("one.xml")))
        .startsWith("<Condition")
        .doesNotContain("Patient/95");
  }

  @Test
  void aSingleFileGoesUnderItsName() throws IOException {
    write("one.hl7", MESSAGE);
    FileReport report =
        new FileDeidentification(DeidFixture.shipped(Format.HL7V2), DeidFixture.LOCAL)
            .run(in.resolve("one.hl7"), out.resolve("new/folder"));
    assertThat(report.totals()).containsEntry("released", 1);
    assertThat(out.resolve("new/folder/one.hl7")).exists();
  }

  @Test
  void aResidualHitIsReportedByItsPath() throws IOException {
    write("leak.hl7", MESSAGE.replace("48151623", "4815162") + "OBX|1|NM|2345-7^^LN||4815162\r");
    JsonNode json = new ObjectMapper().readTree(run(Format.HL7V2).toJson());
    assertThat(json.at("/files/0/messages/0/residual/0").asText()).isEqualTo("OBX[1]-5.1");
  }

  @Test
  void theReportExplainsPlaceByPlaceOnlyWhenAsked() throws IOException {
    write("one.hl7", MESSAGE + "ZPI|1|Testperson\rTestperson said|no\r");
    assertThat(run(Format.HL7V2).toJson()).doesNotContain("explain");
    String json =
        new FileDeidentification(DeidFixture.shipped(Format.HL7V2), DeidFixture.LOCAL)
            .explaining()
            .run(in, out)
            .toJson();
    assertThat(json).doesNotContain("Testperson", "48151623");
    JsonNode lines = new ObjectMapper().readTree(json).at("/files/0/messages/0/explain");
    assertThat(lines)
        .extracting(l -> l.get("place").asText() + " " + l.get("rule").asText())
        .contains("PID-3 PID-3 pseudonym", "PID-5 PID drop", "ZPI-2 Z* drop");
    for (JsonNode line : lines) {
      boolean kept = line.get("place").asText().equals("PID-3");
      if (kept || line.get("place").asText().equals("PID-5")) {
        assertThat(line.get("kept").asBoolean()).isEqualTo(kept);
        assertThat(line.get("line").asInt()).isPositive();
      }
    }
  }

  private FileReport run(Format format) {
    return new FileDeidentification(DeidFixture.shipped(format), DeidFixture.LOCAL).run(in, out);
  }

  private void write(String name, String text) throws IOException {
    Path file = in.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
