package org.medseal.pages.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.medseal.pages.PageAnswer;
import org.medseal.users.Role;

class OperationsPagesTest {
  private static final Pattern OUT_OF_AN_ATTRIBUTE = Pattern.compile("=\"[^\"<>]*x\" onfocus=");
  private static final String HOSTILE = "x\" onfocus=\"alert(1)\"><script>alert(1)</script>";
  private static final String TX = "5f".repeat(32);
  private static final List<String> INTAKE =
      List.of(
          "/feeds",
          "/feeds/plots",
          "/messages",
          "/messages/0199aa-2",
          "/messages/0199aa-2/dry-run",
          "/messages/0199aa-2/reveal",
          "/messages/reprocess?state=QUARANTINED&feed=" + encoded(HOSTILE),
          "/messages/jobs/j-1");
  private static final List<String> LEDGER =
      List.of(
          "/ledger",
          "/ledger/plots",
          "/ledger/blocks",
          "/ledger/blocks/811",
          "/ledger/transactions/" + TX,
          "/ledger/transactions/" + TX + "/proof",
          "/ledger/validators",
          "/ledger/governance");

  @Test
  void intakeIsForOperatorsAndNobodyElseEvenAsksACall() {
    for (String path : INTAKE) {
      ShownPages others = new ShownPages(Role.ADMIN, Role.PHYSICIAN, Role.AUDITOR);
      assertThat(others.get(path).status()).as(path).isEqualTo(403);
      assertThat(others.made).as(path).isEmpty();
      assertThat(new ShownPages(Role.OPERATOR).get(path).status()).as(path).isEqualTo(200);
    }
  }

  @Test
  void theLedgerIsOpenToWhoeverIsSignedInEvenWithoutARole() {
    for (String path : LEDGER) {
      assertThat(new ShownPages().get(path).status()).as(path).isEqualTo(200);
    }
  }

  @Test
  void onlyAnAdministratorVotes() {
    ShownPages operator = new ShownPages(Role.OPERATOR, Role.PHYSICIAN, Role.AUDITOR);
    String path = "/ledger/governance/" + TX + "/vote";
    assertThat(operator.post(path, "vote", "APPROVE").status()).isEqualTo(403);
    assertThat(operator.made).isEmpty();
    assertThat(ShownPages.text(operator.get("/ledger/governance"))).doesNotContain("name=\"vote\"");
    ShownPages admin = new ShownPages(Role.ADMIN);
    assertThat(ShownPages.text(admin.get("/ledger/governance"))).contains("name=\"vote\"");
    admin.says("POST /ledger/governance/{id}/vote", TextNode.valueOf(""));
    PageAnswer voted = admin.post(path, "vote", "REJECT");
    assertThat(voted.headers()).containsEntry("Location", "/ledger/governance?done=vote");
    assertThat(admin.made)
        .contains("POST /ledger/governance/{id}/vote " + TX + "{}{\"vote\":\"REJECT\"}");
  }

  @Test
  void whateverACallAnswersComesBackAsText() {
    for (String language : List.of("en", "zh")) {
      ShownPages pages = new ShownPages(Role.OPERATOR, Role.ADMIN);
      pages.speaks(language, "dark");
      for (String call : List.copyOf(pages.replies.keySet())) {
        JsonNode sample = pages.sample(call);
        if (sample.isObject()) {
          pages.says(call, poisoned(sample));
        }
      }
      for (String path : INTAKE) {
        assertHarmless(pages.get(path), path);
      }
      for (String path : LEDGER) {
        if (!path.endsWith("/plots") && !path.endsWith("/proof")) {
          assertHarmless(pages.get(path), path);
        }
      }
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void assertHarmless(PageAnswer answer, String path) {
    assertThat(answer.status()).as(path).isEqualTo(200);
    String html = ShownPages.text(answer);
    assertThat(html).as(path).contains("alert(1)").doesNotContain("<script>alert");
    assertThat(OUT_OF_AN_ATTRIBUTE.matcher(html).results()).as(path).isEmpty();
    assertThat(html).as(path).doesNotContain(" style=", "<style", "javascript:", " onclick");
  }

  /** Every text but times. */
  private static JsonNode poisoned(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String name : names(object)) {
        object.set(name, poisoned(object.get(name)));
      }
      return object;
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, poisoned(array.get(i)));
      }
      return array;
    }
    return node.isTextual() && !node.textValue().matches("20\\d\\d-.*Z")
        ? TextNode.valueOf(HOSTILE)
        : node;
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void aFeedSaysWhyItDoesNotRun() {
    String html = ShownPages.text(new ShownPages(Role.OPERATOR).get("/feeds"));
    assertThat(html)
        .contains("its port is taken (Address already in use)", "Feed ehr-south does not run")
        .contains("action=\"/feeds/hl7-mllp/pause\"", "action=\"/feeds/drop-hl7/resume\"")
        .contains("/messages?state=QUARANTINED&feed=lab")
        .doesNotContain("see medseal feeds");
  }

  @Test
  void aPlotHasItsNumbersInATableAndIsFetchedAgain() {
    ShownPages pages = new ShownPages(Role.OPERATOR);
    String html = ShownPages.text(pages.get("/feeds?hours=6"));
    assertThat(html)
        .contains("<svg", "<title id=\"plot-messages-wide-title\">", "plot-scroll")
        .contains("hx-get=\"/feeds/plots?hours=6\"");
    assertThat(pages.made).contains("GET /feeds/{id}/series hl7-mllp{minutes=[360]}");
    String again = ShownPages.text(pages.part("/feeds/plots?hours=6"));
    assertThat(again)
        .contains("id=\"plot-messages-box\" hx-swap-oob=\"innerHTML\"", "id=\"plot-queue-box\"")
        .doesNotContain("<html", "<table");
  }

  @Test
  void thePollGetsThePartAndNotThePage() {
    ShownPages pages = new ShownPages(Role.OPERATOR);
    for (String path : List.of("/feeds", "/ledger", "/messages/jobs/j-1")) {
      assertThat(ShownPages.text(pages.part(path))).as(path).doesNotContain("<html", "<h1");
    }
    assertThat(pages.made).noneMatch(call -> call.contains("series"));
  }

  @Test
  void aFeedThatDoesNotStartAnswersWithTheReason() {
    ShownPages pages = new ShownPages(Role.OPERATOR);
    pages.refuses("POST /feeds/{id}/resume", 409, "feed-failed", "its port is taken");
    PageAnswer answer = pages.post("/feeds/drop-hl7/resume");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(ShownPages.text(answer)).contains("The feed does not start", "its port is taken");
    pages.says("POST /feeds/{id}/pause", TextNode.valueOf(""));
    assertThat(pages.post("/feeds/drop-hl7/pause").headers())
        .containsEntry("Location", "/feeds?done=feed-pause");
  }

  @Test
  void whyNothingIsCommittedStandsInWordsOfBothLanguages() {
    ShownPages pages = new ShownPages();
    assertThat(ShownPages.text(pages.get("/ledger")))
        .contains("Votes are missing", "Missing: hospital-3, hospital-4.", "needed: 67")
        .contains("waiting for prevotes of hospital-3, hospital-4 in round 1");
    pages.speaks("zh", "light");
    assertThat(ShownPages.text(pages.get("/ledger")))
        .contains("尚缺投票", "缺少：hospital-3、hospital-4。", "需要 67")
        .contains("正在等待 hospital-3、hospital-4 在第 1 轮的预投票");
  }

  @Test
  void theCompetitionShowsPrioritiesWinnerAndWhy() {
    String html = ShownPages.text(new ShownPages().get("/ledger/validators?height=812"));
    assertThat(html)
        .contains("hospital-1 proposes: 2 have the highest priority, 40")
        .contains("Decided in round 1, the first being 0; hospital-3 built the block.")
        .contains("hospital-3 has the highest priority, 70, and proposes")
        .contains(">-60<", ">+30<", "30%");
  }

  @Test
  void aHeightThatIsNoneIsRefusedAndTheRestShown() {
    ShownPages pages = new ShownPages();
    pages.refuses("GET /ledger/validators", 404, "not-found", "There is no such height yet.");
    assertThat(pages.get("/ledger/validators?height=9999").status()).isEqualTo(404);
  }

  @Test
  void aBlockShowsKindsVotesAndEvidence() {
    String html = ShownPages.text(new ShownPages().get("/ledger/blocks/811"));
    assertThat(html)
        .contains("80 of 100 stake have signed", "Not in the certificate")
        .contains("Validator 3 voted twice at height 809.")
        .contains("Record: 2", "Request for access: 1")
        .contains("/ledger/blocks/810", "/ledger/blocks/812");
  }

  @Test
  void whatIsPastedLeadsToABlockOrATransactionAndNowhereElse() {
    ShownPages pages = new ShownPages();
    assertThat(pages.get("/ledger/find?q=811").headers())
        .containsEntry("Location", "/ledger/blocks/811");
    assertThat(pages.get("/ledger/find?q=" + TX.toUpperCase(Locale.ROOT)).headers())
        .containsEntry("Location", "/ledger/transactions/" + TX);
    assertThat(pages.get("/ledger/find?q=%2F%2Fevil.example").status()).isEqualTo(400);
  }

  @Test
  void theProofIsSavedUnderTheTransactionsName() {
    ShownPages pages = new ShownPages();
    PageAnswer proof = pages.get("/ledger/transactions/" + TX + "/proof?checkpoint=700");
    assertThat(proof.headers())
        .containsEntry(
            "Content-Disposition",
            "attachment; filename=\"medseal-proof-" + TX.substring(0, 16) + ".json\"");
    assertThat(pages.made).contains("GET /ledger/proofs/{txId} " + TX + "{checkpoint=[700]}");
  }
}
