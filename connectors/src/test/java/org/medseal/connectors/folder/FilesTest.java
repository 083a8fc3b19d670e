package org.medseal.connectors.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.QuarantineReason;

class FilesTest {
  private static final String M1 = "MSH|^~\\&|A|B|C|D|2026||ADT^A01|1|P|2.5\rPID|1||7";
  private static final String M2 = "MSH|^~\\&|A|B|C|D|2026||ADT^A01|2|P|2.5\rPID|1||8";

  @Test
  void messagesAfterOneAnotherAreToldApart() {
    assertThat(hl7(M1 + "\r" + M2 + "\r")).containsExactly(M1, M2);
    assertThat(hl7(M1.replace("\r", "\r\n") + "\r\n\r\n" + M2 + "\n"))
        .containsExactly(M1.replace("\r", "\r\n"), M2);
  }

  @Test
  void mllpMarksAndAByteOrderMarkAreNotPartOfAMessage() {
    assertThat(hl7("\u000b" + M1 + "\r\u001c\r\u000b" + M2 + "\r\u001c\r")).containsExactly(M1, M2);
    assertThat(hl7("\u00ef\u00bb\u00bf" + M1)).containsExactly(M1);
  }

  @Test
  void aBatchWithTheRightCountsGivesItsMessagesOnly() {
    String batch = "FHS|^~\\&\rBHS|^~\\&\r" + M1 + "\r" + M2 + "\rBTS|2\rFTS|1\r";
    assertThat(hl7(batch)).containsExactly(M1, M2);
  }

  @Test
  void aBatchThatMissesAMessageIsReported() {
    assertThat(hl7("BHS|^~\\&\r" + M1 + "\rBTS|2|x\r")).containsExactly(M1, "BTS|2|x\r:TRUNCATED");
  }

  @Test
  void aBatchWithoutItsEndIsReported() {
    assertThat(hl7("FHS|^~\\&\rBHS|^~\\&\r" + M1 + "\r")).containsExactly(M1, "BTS:TRUNCATED");
  }

  @Test
  void whatIsNoMessageComesWhole() {
    assertThat(hl7("%PDF-1.7\nhello\n" + M1)).containsExactly("%PDF-1.7\nhello\n:UNPARSABLE", M1);
  }

  @Test
  void aMessageAboveTheLimitLosesNoByte() {
    Iterator<FileItem> items =
        new Hl7Files(64).split(new ByteArrayInputStream(latin(M1 + "x".repeat(200))));
    StringBuilder all = new StringBuilder();
    items.forEachRemaining(
        i -> {
          assertThat(i.defect()).contains(QuarantineReason.TOO_LARGE);
          all.append(new String(i.raw(), StandardCharsets.ISO_8859_1));
        });
    assertThat(all.toString()).isEqualTo(M1 + "x".repeat(200));
  }

  @Test
  void aFileWithoutAByteIsOneUnparsableItem() throws IOException {
    assertThat(hl7("")).containsExactly(":UNPARSABLE");
    assertThat(fhir("", 100)).containsExactly(":UNPARSABLE");
    assertThat(hl7("\r\n")).isEmpty();
  }

  @Test
  void ndjsonIsOneMessageALineAndPrettyJsonIsOne() throws IOException {
    String a = "{\"resourceType\":\"Patient\",\"id\":\"1\"}";
    String pretty = "{\n  \"resourceType\": \"Patient\"\n}\n";
    assertThat(fhir(a + "\n" + a.replace('1', '2') + "\r\n\n", 1000))
        .containsExactly(a, a.replace('1', '2'));
    assertThat(fhir(pretty, 1000)).containsExactly(pretty);
    assertThat(fhir(a + "\n", 1000)).containsExactly(a + "\n");
    assertThat(fhir(a + "\n{broken", 1000)).containsExactly(a, "{broken");
  }

  @Test
  void aWholeFileAboveTheLimitComesInPieces() throws IOException {
    assertThat(fhir("0123456789", 4))
        .containsExactly("0123:TOO_LARGE", "4567:TOO_LARGE", "89:TOO_LARGE");
    assertThat(fhir("0123", 4)).containsExactly("0123");
  }

  private static List<String> hl7(String file) {
    return texts(new Hl7Files(1 << 16).split(new ByteArrayInputStream(latin(file))));
  }

  private static List<String> fhir(String file, int limit) throws IOException {
    return texts(new FhirFiles(limit).split(new ByteArrayInputStream(latin(file))));
  }

  private static List<String> texts(Iterator<FileItem> items) {
    List<String> texts = new ArrayList<>();
    items.forEachRemaining(
        i ->
            texts.add(
                new String(i.raw(), StandardCharsets.ISO_8859_1)
                    + i.defect().map(d -> ":" + d).orElse("")));
    return texts;
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
