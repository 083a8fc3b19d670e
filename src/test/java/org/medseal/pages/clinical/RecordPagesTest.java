package org.medseal.pages.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.dicom.Vr;
import org.medseal.pages.CallReply;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.clinical.dicom.SmallImage;

class RecordPagesTest {
  private static final String OPEN = "GET /requests/{id}/records/{txId}";
  private static final String REVIEW = "GET /requests/{id}/records/{txId}/review";
  private static final String PAGE = "/requests/" + Fixtures.ID + "/records/" + Fixtures.TX;
  private static final String DESK = "/desk/" + Fixtures.ID + "/records/" + Fixtures.TX;
  private static final String SCRIPT = "<script>alert(1)</script>";
  private static final String HL7 = "application/hl7-v2";
  private static final String FHIR = "application/fhir+json";
  private static final String DICOM = "application/dicom";

  private final PageSight sight = new PageSight();

  @Test
  void aMessageIsATreeWithItsResultsAbove() {
    String message =
        "MSH|^~\\&|L|H|M|H|20240101||ORU^R01|1|P|2.5\rOBX|1|NM|1^Haemoglobin||7|g/dL||LL\r";
    sight.record(OPEN, HL7, bytes(message));
    assertThat(sight.html(sight.get(PAGE)))
        .contains("Haemoglobin", "result-value critical", "OBX-3", "Observation identifier");
  }

  @Test
  void scriptInEveryTextOfAMessageStaysText() {
    String field = SCRIPT + "^" + SCRIPT + "&" + SCRIPT + "~" + SCRIPT;
    StringBuilder message = new StringBuilder("MSH|^~\\&|" + SCRIPT + "|||||||1|P|2.5\r");
    for (String segment : List.of("PID", "OBR", "OBX", "NTE", "DG1", "ZZZ", "AL1", "RXA")) {
      message.append(segment).append(("|" + field).repeat(20)).append('\r');
    }
    sight.record(OPEN, HL7, bytes(message.toString()));
    requireNoScript(sight.html(sight.get(PAGE)));
  }

  @Test
  void scriptInEveryTextOfAResourceStaysText() {
    String json =
        """
        {"resourceType":"S","id":"S","status":"S","S":"S","a\\"><b>S":"S","text":{"div":"S"},
         "code":{"text":"S","coding":[{"system":"S","code":"S","display":"S"}]},
         "valueQuantity":{"value":1,"unit":"S"},"interpretation":[{"text":"S"}],
         "referenceRange":[{"text":"S"}],"subject":{"reference":"javascript:S","display":"S"},
         "extension":[{"url":"http://x/S","valueString":"S"}],"note":[{"text":"S","time":"S"}],
         "presentedForm":[{"contentType":"S","title":"S","url":"javascript:S","data":"S"}],
         "contained":[{"resourceType":"S","id":"S","status":"S","name":[{"family":"S"}]}]}
        """
            .replace("S", SCRIPT);
    sight.record(OPEN, FHIR, bytes(json));
    String html = sight.html(sight.get(PAGE));
    requireNoScript(html);
    assertThat(html).doesNotContain("href=\"javascript:");
  }

  @Test
  void scriptInEveryTextOfAHeaderStaysText() throws IOException {
    SmallImage image = SmallImage.of(2, 2, 8).pixels(1, 2, 3, 4);
    for (int tag :
        List.of(0x00080060, 0x00081030, 0x0008103E, 0x00100040, 0x00204000, 0x00091001)) {
      image.text(tag, Vr.LO, SCRIPT);
    }
    sight.record(OPEN, DICOM, image.file());
    requireNoScript(sight.html(sight.get(PAGE)));
  }

  @Test
  void scriptInWhatIsNoRecordStaysText() {
    for (String type : List.of(HL7, FHIR, "text/html")) {
      sight.record(OPEN, type, bytes(SCRIPT));
      requireNoScript(sight.html(sight.get(PAGE)));
    }
    sight.record(OPEN, DICOM, bytes(SCRIPT));
    assertThat(sight.html(sight.get(PAGE))).contains("cannot be shown").doesNotContain("alert(1)");
  }

  @Test
  void anImageHasItsHeaderAndLinksToItsPicture() throws IOException {
    sight.record(OPEN, DICOM, SmallImage.of(2, 2, 8).pixels(1, 2, 3, 4).file());
    assertThat(sight.html(sight.get(PAGE)))
        .contains("src=\"" + PAGE + "/frame?frame=1&window=0\"", "(0028,0010)", "Rows");
  }

  @Test
  void thePictureIsAPngThroughTheSameCall() throws IOException {
    sight.record(REVIEW, DICOM, SmallImage.of(3, 5, 8).pixels(new int[15]).file());
    PageAnswer answer = sight.get(DESK + "/frame?frame=1&window=0");
    assertThat(answer.mediaType()).isEqualTo("image/png");
    var image = ImageIO.read(new ByteArrayInputStream(answer.body()));
    assertThat(image.getWidth()).isEqualTo(5);
    assertThat(sight.made.get(0).target().template())
        .isEqualTo("/requests/{id}/records/{txId}/review");
  }

  @Test
  void noPictureSaysWhy() throws IOException {
    sight.record(OPEN, DICOM, SmallImage.of(3, 5, 8).file());
    PageAnswer answer = sight.get(PAGE + "/frame");
    assertThat(answer.status()).isEqualTo(404);
    sight.record(OPEN, DICOM, SmallImage.of(3, 5, 8).file());
    assertThat(sight.html(sight.get(PAGE))).contains("holds no picture").doesNotContain("<img");
  }

  @Test
  void theDownloadIsTheRecordUnderANameWithoutAnythingOfIt() throws IOException {
    sight.record(OPEN, FHIR, bytes("{}"));
    PageAnswer answer = sight.get(PAGE + "/download");
    assertThat(answer.headers().get("Content-Disposition"))
        .isEqualTo("attachment; filename=\"medseal-" + Fixtures.TX.substring(0, 12) + ".json\"");
    assertThat(answer.stream().orElseThrow().readAllBytes()).isEqualTo(bytes("{}"));
  }

  @Test
  void withoutTheKeyTheReviewLeadsBackToTheDesk() {
    sight.problem(REVIEW, 403, "custodian-key-needed");
    PageAnswer answer = sight.get(DESK);
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.headers()).containsEntry("Location", "/desk/" + Fixtures.ID);
  }

  @Test
  void aLongMessageIsShownInPart() {
    String message =
        "MSH|^~\\&|L|||||ADT^A01|1|P|2.5\r" + ("NTE|1||" + "x".repeat(1_000) + "\r").repeat(2_200);
    sight.record(OPEN, HL7, bytes(message));
    assertThat(sight.html(sight.get(PAGE))).contains("This record is long: its first 2 MiB");
  }

  @Test
  void trueDatesAreShownInPlaceAndTheIdentifierIsNotWrittenBack() {
    sight.record(
        "POST /requests/{id}/records/{txId}/dates",
        HL7,
        bytes("MSH|^~\\&|L|||||ADT^A01|1|P|2.5\r"));
    PageAnswer answer =
        sight
            .field("authority", "urn:medseal:demo:hospital-2")
            .field("id", "4711-0815")
            .post(PAGE + "/dates");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(sight.html(answer)).contains("These are the true dates").doesNotContain("4711");
    PageSight refused =
        new PageSight().problem("POST /requests/{id}/records/{txId}/dates", 403, "another-patient");
    PageAnswer no = refused.field("authority", "x").field("id", "4711-0815").post(PAGE + "/dates");
    assertThat(refused.html(no)).contains("another patient").doesNotContain("4711");
  }

  @Test
  void trueDatesAreOfferedForTreatmentToWhoAsked() {
    String message = "MSH|^~\\&|L|||||ADT^A01|1|P|2.5\r";
    sight.record(OPEN, HL7, bytes(message)).record(REVIEW, HL7, bytes(message));
    assertThat(sight.html(sight.get(PAGE))).contains(PAGE + "/dates");
    assertThat(sight.html(sight.get(DESK))).doesNotContain("/dates");
    sight.json("GET /requests/{id}", 200, Fixtures.approved().replace("TREATMENT", "RESEARCH"));
    assertThat(sight.record(OPEN, HL7, bytes(message)).html(sight.get(PAGE)))
        .doesNotContain("/dates");
  }

  @Test
  void everyRecordsStreamIsClosed() throws IOException {
    for (String page : List.of(PAGE, PAGE + "/frame")) {
      for (String type : List.of(HL7, FHIR, DICOM)) {
        Watched content = new Watched(bytes("{\"resourceType\":\"Basic\"}"));
        sight.reply(OPEN, new CallReply(200, type, new byte[0], Optional.of(content)));
        sight.get(page);
        assertThat(content.closed).as(page + " " + type).isTrue();
      }
    }
  }

  @Test
  void aRecordThatBreaksOffIsSaidToBeSo() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }

          @Override
          public int read(byte[] to, int offset, int length) throws IOException {
            throw new IOException("gone");
          }
        };
    sight.reply(OPEN, new CallReply(200, HL7, new byte[0], Optional.of(broken)));
    assertThat(sight.get(PAGE).status()).isEqualTo(503);
  }

  private static final class Watched extends ByteArrayInputStream {
    private boolean closed;

    Watched(byte[] bytes) {
      super(bytes);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static void requireNoScript(String html) {
    assertThat(html).contains("alert(1)");
    assertThat(html.replaceAll("<script src=\"/assets/[^\"]*\" defer></script>", ""))
        .doesNotContain("<script");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
