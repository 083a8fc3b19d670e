package org.medseal.pages.clinical;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.medseal.pages.Language;
import org.medseal.pages.PageAnswer;

class ClinicalPagesTest {
  private final PageSight sight = new PageSight();

  @Test
  void theSearchOffersTheListedAuthorities() {
    String html = sight.html(sight.get("/search"));
    assertThat(html).contains("2.16.156.10011.1.3", "Demo hospital 2", "this hospital only");
    assertThat(new PageSight().in(Language.ZH).get("/search").body())
        .asString(java.nio.charset.StandardCharsets.UTF_8)
        .contains("居民身份证", "患者检索");
  }

  @Test
  void whatWasSearchedForStandsInTheFormAloneAndRecordsComeByMonth() {
    sight.json("GET /records", 200, Fixtures.FOUND);
    PageAnswer answer =
        sight
            .field("authority", "urn:medseal:demo:hospital-2")
            .field("id", " 4711 ")
            .field("type", "mr")
            .post("/search");
    String html = sight.html(answer);
    assertThat(sight.made.get(1).target().query())
        .containsEntry("id", List.of("4711"))
        .containsEntry("type", List.of("MR"));
    assertThat(html.indexOf("2025-11")).isLessThan(html.indexOf(">2025-10"));
    assertThat(html).contains("value=\"" + Fixtures.TX + " HL7V2 2025-10\"");
    assertThat(html.replaceAll("value=\"4711\"", "")).doesNotContain("4711");
    assertThat(answer.headers()).doesNotContainKey("Location");
  }

  @Test
  void filtersLeaveOutOtherKindsAndEarlierMonths() {
    sight.json("GET /records", 200, Fixtures.FOUND);
    sight.field("authority", "a").field("id", "1").field("from", "2025-11");
    assertThat(sight.html(sight.post("/search")))
        .contains(Fixtures.OTHER_TX)
        .doesNotContain(Fixtures.TX)
        .contains("2 without the filters");
  }

  @Test
  void aRefusedSearchKeepsTheFormAndSaysWhy() {
    sight.problem("GET /records", 429, "too-many");
    PageAnswer answer = sight.field("authority", "x").field("id", "77").post("/search");
    assertThat(answer.status()).isEqualTo(429);
    assertThat(sight.html(answer)).contains("Too many at once", "value=\"77\"");
  }

  @Test
  void verifyingSaysYesOrNo() {
    sight.json("POST /records/{txId}/verify", 200, "{\"belongs\":false}");
    sight
        .field("authority", "x")
        .field("id", "77")
        .field("txId", Fixtures.TX.toUpperCase(Locale.ROOT));
    assertThat(sight.html(sight.post("/search/verify"))).contains("does not belong");
    assertThat(sight.made.get(1).target().values()).containsExactly(Fixtures.TX);
  }

  @Test
  void chosenRecordsGoIntoTheRequest() {
    String html =
        sight.html(sight.field("record", Fixtures.TX + " HL7V2 2025-10").post("/requests/new"));
    assertThat(html).contains("name=\"record\" value=\"" + Fixtures.TX, "PATIENT_REQUEST");
    PageSight asking =
        new PageSight().json("POST /requests", 201, "{\"id\":\"" + Fixtures.ID + "\"}");
    PageAnswer answer =
        asking
            .field("record", Fixtures.TX + " HL7V2 2025-10")
            .field("purpose", "TREATMENT")
            .field("justification", "why")
            .post("/requests");
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.headers().get("Location"))
        .isEqualTo("/requests/" + Fixtures.ID + "?done=request-sent");
    assertThat(asking.made.get(0).body().path("txIds").get(0).asText()).isEqualTo(Fixtures.TX);
  }

  @Test
  void aRefusedRequestKeepsWhatWasWritten() {
    sight.problem("POST /requests", 400, "bad-request");
    sight.field("record", Fixtures.TX + " FHIR 2025-10").field("purpose", "RESEARCH");
    String html = sight.html(sight.field("justification", "a \"study\"").post("/requests"));
    assertThat(html).contains("a \"study\"", "Please check").contains("value=\"RESEARCH\"");
  }

  @Test
  void aChoiceSomebodyForgedIsRefusedByTheCallAndEscaped() {
    String html = sight.html(sight.field("record", "<script>x</script>").post("/requests/new"));
    assertThat(html).doesNotContain("<script>x").contains("&lt;script>x");
  }

  @Test
  void anApprovedRequestOpensItsRecordsAndSaysThatAKeyStaysKnown() {
    sight.json("GET /requests/{id}", 200, Fixtures.approved());
    String html = sight.html(sight.get("/requests/" + Fixtures.ID));
    assertThat(html)
        .contains("/requests/" + Fixtures.ID + "/records/" + Fixtures.TX)
        .contains("stays known", "Granted for treatment.", "2025-11-03 09:00", "2025-12-03 09:00")
        .doesNotContain("hx-get");
  }

  @Test
  void anOpenRequestIsPolledAndOpensNothing() {
    sight.json("GET /requests/{id}", 200, Fixtures.request("OPEN", "", false));
    String html = sight.html(sight.get("/requests/" + Fixtures.ID));
    assertThat(html).contains("hx-get=\"/requests/" + Fixtures.ID + "?seen=OPEN\"");
    assertThat(html).doesNotContain("/records/" + Fixtures.TX);
    assertThat(sight.part().get("/requests/" + Fixtures.ID + "?seen=OPEN").status()).isEqualTo(204);
    assertThat(sight.html(sight.get("/requests/" + Fixtures.ID + "?seen=OTHER")))
        .doesNotContain("<html")
        .contains("Waiting");
  }

  @Test
  void aListThatIsUpToDateIsLeftAlone() {
    String one = "{\"requests\":[" + Fixtures.approved() + "]}";
    sight.json("GET /requests", 200, one);
    String html = sight.html(sight.get("/requests"));
    String poll = html.replaceAll("(?s).*hx-get=\"([^\"]+)\".*", "$1").replace("&amp;", "&");
    assertThat(poll).contains("seen=");
    assertThat(sight.part().get(poll).status()).isEqualTo(204);
    sight.json("GET /requests", 200, one.replace("APPROVED", "EXPIRED"));
    assertThat(sight.get(poll).status()).isEqualTo(200);
  }

  @Test
  void theDeskAsksForTheKeyBeforeADecision() {
    sight.json("GET /requests/{id}", 200, Fixtures.request("OPEN", "", false));
    String html = sight.html(sight.get("/desk/" + Fixtures.ID));
    assertThat(html).contains("name=\"passphrase\"", "disabled").doesNotContain(">Review<");
    sight.json("GET /requests/{id}", 200, Fixtures.request("OPEN", "", true));
    assertThat(sight.html(sight.get("/desk/" + Fixtures.ID)))
        .doesNotContain("name=\"passphrase\"", "disabled")
        .contains("/desk/" + Fixtures.ID + "/records/" + Fixtures.TX);
  }

  @Test
  void theDeskSaysThatWhoAskedIsGoneAndLetsTheRequestBeRejectedOnly() {
    String gone =
        Fixtures.request("OPEN", "", true)
            .replace("\"institutionPresent\":true", "\"institutionPresent\":false");
    sight.json("GET /requests/{id}", 200, gone);
    String html = sight.html(sight.get("/desk/" + Fixtures.ID));
    assertThat(html).contains("hospital-2 has left the consortium");
    assertThat(html).containsPattern("<button[^>]*disabled[^>]*>Approve<");
    assertThat(html).doesNotContainPattern("<button[^>]*disabled[^>]*>Reject<");
  }

  @Test
  void aDecisionGoesThroughTheCallWithItsTerm() {
    sight.json("POST /requests/{id}/approve", 200, "{\"id\":\"" + Fixtures.ID + "\"}");
    PageAnswer answer =
        sight
            .field("reply", "yes")
            .field("validDays", "7")
            .post("/desk/" + Fixtures.ID + "/approve");
    assertThat(answer.status()).isEqualTo(303);
    assertThat(sight.made.get(0).body().path("validDays").asInt()).isEqualTo(7);
    assertThat(sight.made.get(0).body().path("reply").asText()).isEqualTo("yes");
  }

  @Test
  void aRefusedDecisionKeepsTheReply() {
    sight.problem("POST /requests/{id}/approve", 409, "already-decided");
    sight.json("GET /requests/{id}", 200, Fixtures.request("OPEN", "", true));
    PageAnswer answer = sight.field("reply", "my words").post("/desk/" + Fixtures.ID + "/approve");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(sight.html(answer)).contains("my words", "decided already");
  }

  @Test
  void aFindingShowsItsVerdict() {
    sight.json(
        "GET /traces/{id}",
        200,
        Fixtures.trace(
            "COMPLETED", ",\"result\":{\"institution\":\"hospital-3\",\"judged\":true}"));
    assertThat(sight.html(sight.get("/traces/" + Fixtures.ID)))
        .contains("hospital-3", "The proof holds", "/proof\"");
    sight.json(
        "GET /traces/{id}",
        200,
        Fixtures.trace("NOT_IN_REGISTRY", ",\"result\":{\"judged\":false}"));
    assertThat(sight.html(sight.get("/traces/" + Fixtures.ID)))
        .contains("Nobody in the registry", "does not hold", "Signer not registered");
  }

  @Test
  void onlyAnInstitutionThatHasNotApprovedIsAskedTo() {
    sight.json("GET /traces/{id}", 200, Fixtures.trace("OPEN", ""));
    assertThat(sight.html(sight.get("/traces/" + Fixtures.ID))).contains("/approve\"");
    sight.json(
        "GET /traces/{id}",
        200,
        Fixtures.trace("OPEN", "").replace("[\"hospital-1\"]", "[\"hospital-2\"]"));
    assertThat(sight.html(sight.get("/traces/" + Fixtures.ID))).doesNotContain("/approve\"");
  }

  @Test
  void revokingIsOfferedToWhoHoldsTheIssuersKey() {
    String group =
        """
        {"epoch":3,"issuer":"hospital-1","opener":"hospital-2","minimumMembers":4,"members":[
          {"institution":"hospital-1","state":"MEMBER","present":true},
          {"institution":"hospital-9","state":"REVOKED","present":false}],"epochs":[]}
        """;
    sight.json("GET /group", 200, group).json("GET /me", 200, "{\"holdsIssuerKey\":false}");
    assertThat(sight.html(sight.get("/traces/group"))).doesNotContain("name=\"revoke\"");
    sight.json("GET /me", 200, "{\"holdsIssuerKey\":true}");
    String html = sight.html(sight.get("/traces/group"));
    assertThat(html).contains("name=\"revoke\" value=\"hospital-1\"");
    assertThat(html).doesNotContain("value=\"hospital-9\"");
  }

  @Test
  void everyFormHasTheSessionsToken() {
    sight.json("GET /requests/{id}", 200, Fixtures.request("OPEN", "", false));
    sight.json("GET /traces", 200, "{\"traces\":[]}");
    for (String path : List.of("/search", "/desk/" + Fixtures.ID, "/traces")) {
      String html = sight.html(sight.get(path));
      int forms = html.split("<form method=\"post\"", -1).length - 1;
      int preferences = html.split("action=\"/preferences\"", -1).length - 1;
      assertThat(html.split("name=\"csrf\"", -1).length - 1)
          .as(path)
          .isGreaterThanOrEqualTo(forms - preferences);
    }
  }
}
