package org.medseal.connectors.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
  @Test
  void everyElementOfAResourceIsExplained() {
    String patient =
        "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:medseal:demo:hospital-1\","
            + "\"value\":\"48151623\"}],\"name\":[{\"family\":\"Testperson\"}],"
            + "\"birthDate\":\"1957-03-14\",\"gender\":\"female\"}";
    List<String> lines = explain(Format.FHIR, patient.getBytes(StandardCharsets.UTF_8));
    assertThat(lines)
        .contains(
            "Patient.birthDate Patient.birthDate generalize kept",
            "Patient.gender Patient.gender keep kept",
            "Patient.identifier Patient.identifier pseudonym kept")
        .anyMatch(line -> line.startsWith("Patient.name ") && line.endsWith(" gone"));
  }

  @Test
  void everyAttributeOfAnImageIsExplained() throws IOException {
    byte[] image = Files.readAllBytes(Path.of("samples/dicom/ct-head.dcm"));
    assertThat(explain(Format.DICOM, image))
        .anyMatch(line -> line.startsWith("(0010,0020) ") && line.endsWith(" kept"))
        .anyMatch(line -> line.startsWith("(0010,0010) ") && line.endsWith(" gone"));
  }

  @Test
  void whatIsKeptBackByTheLastGateIsExplainedToo() {
    String message =
        "MSH|^~\\&|A|B|C|D|2024||ORU^R01|1|P|2.5\rPID|1||4815162^^^HOSP1^MR||Testperson\r"
            + "OBX|1|NM|2345-7^^LN||4815162\r";
    List<String> lines = explain(Format.HL7V2, message.getBytes(StandardCharsets.UTF_8));
    assertThat(lines).anyMatch(line -> line.startsWith("OBX-5 ") && line.endsWith(" kept"));
  }

  private static List<String> explain(Format format, byte[] raw) {
    Explanation explanation = Explanation.wanted();
    DeidFixture.shipped(format).deidentify(raw, DeidFixture.LOCAL, explanation);
    List<String> lines = new ArrayList<>();
    explanation.forEach(
        (line, times) ->
            lines.add(line.place() + " " + line.rule() + (line.kept() ? " kept" : " gone")));
    return lines;
  }
}
