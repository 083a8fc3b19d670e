package org.medseal.pages.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.medseal.pages.PageAnswer;
import org.medseal.users.Role;

class MessagePagesTest {
  private static final String MESSAGE = "/messages/0199aa-2";
  private static final String CONTENT = "GET /messages/{id}/content";
  private final ShownPages pages = new ShownPages(Role.OPERATOR);

  @Test
  void aFilterGoesToTheCallWithItsTimesInUtc() {
    pages.get(
        "/messages?state=QUARANTINED&feed=lab&reason=TOO_LARGE&since=2026-11-23T08%3A00&until=");
    assertThat(pages.made)
        .contains(
            "GET /messages {feed=[lab], limit=[50], order=[NEWEST], reason=[TOO_LARGE],"
                + " since=[2026-11-23T08:00:00Z], state=[QUARANTINED]}");
  }

  @Test
  void aTimeThatIsNoneIsRefusedInPlaceAndMayBeCorrected() {
    pages.refuses("GET /messages", 400, "bad-request", "'since' is a time.");
    PageAnswer answer = pages.get("/messages?since=yesterday");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(ShownPages.text(answer)).contains("value=\"yesterday\"", "'since' is a time.");
  }

  @Test
  void chosenOnesArePutBackOneByOneAndOneRefusedDoesNotStopTheOthers() {
    pages.refuses("POST /messages/{id}/reprocess", 409, "wrong-state", "");
    PageAnswer partly = pages.post("/messages/reprocess-chosen", "id", "a", "id", "b", "feed", "l");
    assertThat(partly.headers()).containsEntry("Location", "/messages?feed=l&done=messages-partly");
    assertThat(pages.made)
        .containsExactly("POST /messages/{id}/reprocess a{}", "POST /messages/{id}/reprocess b{}");
    pages.says("POST /messages/{id}/reprocess", TextNode.valueOf(""));
    assertThat(pages.post("/messages/reprocess-chosen", "id", "a").headers())
        .containsEntry("Location", "/messages?done=messages-reprocess");
    assertThat(pages.post("/messages/reprocess-chosen").headers())
        .containsEntry("Location", "/messages?done=messages-none");
  }

  @Test
  void allOfAFilterGoBackAsAJobAfterAQuestion() {
    String asked = ShownPages.text(pages.get("/messages/reprocess?state=QUARANTINED&feed=lab"));
    assertThat(asked).contains("2 messages fit.", "method=\"post\" action=\"/messages/reprocess\"");
    assertThat(pages.made).noneMatch(call -> call.startsWith("POST"));
    PageAnswer begun =
        pages.post("/messages/reprocess", "state", "QUARANTINED", "feed", "lab", "reason", "");
    assertThat(begun.headers()).containsEntry("Location", "/messages/jobs/j-1");
    assertThat(pages.made)
        .contains("POST /messages/reprocess {}{\"state\":\"QUARANTINED\",\"feed\":\"lab\"}");
  }

  @Test
  void aJobIsAskedForAgainOnlyWhileItRuns() {
    assertThat(ShownPages.text(pages.get("/messages/jobs/j-1")))
        .contains("hx-get=\"/messages/jobs/j-1\"", ">1500<");
    ObjectNode done = (ObjectNode) pages.sample("GET /messages/reprocess/{id}");
    pages.says("GET /messages/reprocess/{id}", done.put("state", "DONE"));
    assertThat(ShownPages.text(pages.get("/messages/jobs/j-1"))).doesNotContain("hx-get");
  }

  @Test
  void aDryRunIsShownAsADiffWithItsPlaces() {
    String html = ShownPages.text(pages.get(MESSAGE + "/dry-run"));
    assertThat(html)
        .contains("<code>QUARANTINED UNKNOWN_AUTHORITY PID-3</code>")
        .contains("<code>RELEASED 1 record</code>")
        .contains("diff-REMOVED", "diff-CHANGED", "diff-KEPT", "PID-5", "line 14");
    assertThat(ShownPages.text(pages.get(MESSAGE))).doesNotContain("diff-");
  }

  @Test
  void aMessageIsDiscardedWithAReason() {
    pages.says("POST /messages/{id}/discard", TextNode.valueOf(""));
    assertThat(pages.post(MESSAGE + "/discard", "reason", "TEST").headers())
        .containsEntry("Location", MESSAGE + "?done=message-discard");
    assertThat(pages.made).contains("POST /messages/{id}/discard 0199aa-2{}{\"reason\":\"TEST\"}");
  }

  @Test
  void nothingIsRevealedBeforeItIsConfirmed() {
    assertThat(ShownPages.text(pages.get(MESSAGE + "/reveal"))).contains("Op Erator");
    assertThat(pages.post(MESSAGE + "/reveal").status()).isEqualTo(400);
    assertThat(pages.post(MESSAGE + "/save").status()).isEqualTo(400);
    assertThat(pages.made).noneMatch(call -> call.contains("/content"));
  }

  @Test
  void whatIsRevealedIsTextAndStandsNeitherInTitleNorAddress() {
    String hl7 = "MSH|^~\\&|A\rPID|1||47^^^X^MR||Zwackelmann^<b>W</b>\r";
    pages.answers(CONTENT, 200, "application/octet-stream", hl7.getBytes(StandardCharsets.UTF_8));
    String html = ShownPages.text(pages.post(MESSAGE + "/reveal", "understood", "yes"));
    assertThat(html)
        .contains("<code>PID|1||47^^^X^MR||Zwackelmann^&lt;b&gt;W&lt;/b&gt;</code>")
        .containsOnlyOnce("Zwackelmann");
    assertThat(html.substring(0, html.indexOf("</title>"))).doesNotContain("0199aa", "Zwackel");
  }

  @Test
  void aContentInChineseCharactersIsReadAndOneWithZeroBytesIsNot() {
    byte[] gb = "PID|1||1||王^小明".getBytes(Charset.forName("GB18030"));
    assertThat(ReadableContent.of(gb, "HL7V2").lines()).containsExactly("PID|1||1||王^小明");
    assertThat(ReadableContent.of(new byte[] {65, 0, 66}, "HL7V2").lines()).isEmpty();
    assertThat(ReadableContent.of(new byte[] {65}, "DICOM").lines()).isEmpty();
    byte[] large = new byte[ReadableContent.LONGEST + 1];
    Arrays.fill(large, (byte) 'x');
    assertThat(ReadableContent.of(large, "HL7V2").lines()).isEmpty();
    assertThat(ReadableContent.of("{\"a\":[1]}".getBytes(StandardCharsets.UTF_8), "FHIR").lines())
        .containsExactly("{", "  \"a\" : [ 1 ]", "}");
  }

  @Test
  void aContentIsSavedUnderTheMessagesIdAndRunsNowhere() throws IOException {
    pages.answers(CONTENT, 200, "application/octet-stream", new byte[] {1, 2, 3});
    PageAnswer saved = pages.post(MESSAGE + "/save", "understood", "yes");
    assertThat(saved.mediaType()).isEqualTo("application/octet-stream");
    assertThat(saved.headers())
        .containsEntry("Content-Disposition", "attachment; filename=\"message-0199aa-2.hl7\"");
    try (var in = saved.stream().orElseThrow()) {
      assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aContentNoLongerKeptIsRefusedWhereItWasAskedFor() {
    pages.refuses(CONTENT, 410, "gone", "");
    assertThat(pages.post(MESSAGE + "/reveal", "understood", "yes").status()).isEqualTo(410);
  }
}
