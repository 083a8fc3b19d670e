package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.admin.AskingAndCustodian.CLEAR;
import static org.medseal.admin.AskingAndCustodian.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Hash;

/** How long requests and grants last, and which of them are listed; time is that of the blocks. */
class GrantTermsTest extends AtTwoHospitals {
  private String approved(Hash record, String body) throws Exception {
    String id = two.ask("dr-li", record);
    TestHospital.Reply reply = two.custodian.post("keeper", "/requests/" + id + "/approve", body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return id;
  }

  private TestHospital.Reply open(String id, Hash record) throws Exception {
    return two.asking.get("dr-li", "/requests/" + id + "/records/" + record.hex());
  }

  private JsonNode request(TestHospital hospital, String login, String id) throws Exception {
    return hospital.get(login, "/requests/" + id).json();
  }

  /** The next block is of that much later. */
  private void passes(Duration time) {
    two.consortium.chain.at(Instant.now().plus(time).toEpochMilli());
    two.sealed("909090909");
  }

  @Test
  void aGrantOpensUntilItsDayAndNotAfter() throws Exception {
    Hash record = two.sealed("201010001");
    String id = approved(record, "{\"validDays\":3}");
    JsonNode granted = request(two.asking, "dr-li", id);
    assertThat(granted.path("decidedBy").asText()).isEqualTo("hospital-1");
    assertThat(Instant.parse(granted.path("decidedAt").asText()).toEpochMilli())
        .isEqualTo(two.consortium.ledger("hospital-1").view().timeMs());
    assertThat(Instant.parse(granted.path("validUntil").asText()))
        .isBetween(
            Instant.now().plus(Duration.ofDays(3)).minusSeconds(120),
            Instant.now().plus(Duration.ofDays(3)).plusSeconds(120));
    assertThat(open(id, record).text()).isEqualTo(CLEAR);
    passes(Duration.ofDays(3).minusHours(1));
    assertThat(state(two.asking, "dr-li", id)).isEqualTo("APPROVED");
    assertThat(open(id, record).status()).isEqualTo(200);
    passes(Duration.ofDays(3).plusHours(1));
    assertThat(state(two.asking, "dr-li", id)).isEqualTo("EXPIRED");
    assertThat(state(two.custodian, "keeper", id)).isEqualTo("EXPIRED");
    TestHospital.Reply late = open(id, record);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.problem()).isEqualTo("expired");
    assertThat(two.custodian.post("keeper", "/requests/" + id + "/approve", "{}").problem())
        .isEqualTo("already-decided");
    assertThat(ids(two.asking.get("dr-li", "/requests?state=EXPIRED"))).contains(id);
    assertThat(ids(two.asking.get("dr-li", "/requests?state=APPROVED"))).doesNotContain(id);
  }

  @Test
  void withoutADayTheSettingDecides() throws Exception {
    Hash record = two.sealed("201010002");
    String id = approved(record, "{\"reply\":\"yes\"}");
    passes(Duration.ofDays(29));
    assertThat(open(id, record).status()).isEqualTo(200);
    passes(Duration.ofDays(31));
    assertThat(open(id, record).problem()).isEqualTo("expired");
  }

  @Test
  void aGrantIsForOneDayToAYear() throws Exception {
    String id = two.ask("dr-li", two.sealed("201010003"));
    for (String days : List.of("0", "367", "9999999999999")) {
      assertThat(
              two.custodian
                  .post("keeper", "/requests/" + id + "/approve", "{\"validDays\":" + days + "}")
                  .status())
          .isEqualTo(400);
    }
    assertThat(state(two.asking, "dr-li", id)).isEqualTo("OPEN");
  }

  @Test
  void whatNobodyAnswersExpires() throws Exception {
    String id = two.ask("dr-li", two.sealed("201010004"));
    assertThat(Instant.parse(request(two.asking, "dr-li", id).path("answerBy").asText()))
        .isAfter(Instant.now().plus(Duration.ofDays(13)));
    passes(Duration.ofDays(15));
    assertThat(state(two.asking, "dr-li", id)).isEqualTo("EXPIRED");
    assertThat(two.custodian.post("keeper", "/requests/" + id + "/approve", "{}").problem())
        .isEqualTo("expired");
    assertThat(request(two.asking, "dr-li", id).has("validUntil")).isFalse();
  }

  @Test
  void aReviewerSeesWhoAsksForWhatAndWhichRecordsTheKeyOpens() throws Exception {
    Hash record = two.sealed("201010005");
    String id = two.ask("dr-li", record);
    JsonNode shown = request(two.custodian, "keeper", id);
    assertThat(shown.path("institution").asText()).isEqualTo("hospital-2");
    assertThat(shown.path("requester").asText()).isEqualTo("dr-li");
    assertThat(shown.path("purpose").asText()).isEqualTo("TREATMENT");
    assertThat(shown.path("justification").asText()).isEqualTo("second opinion");
    JsonNode facts = shown.path("records").path(0);
    assertThat(facts.path("txId").asText()).isEqualTo(record.hex());
    assertThat(facts.path("format").asText()).isEqualTo("HL7V2");
    assertThat(facts.path("custodianSet").asInt()).isEqualTo(1);
    assertThat(facts.path("reviewable").asBoolean()).isTrue();
    assertThat(
            request(two.custodian, "clerk", id)
                .path("records")
                .path(0)
                .path("reviewable")
                .asBoolean())
        .isFalse();
  }

  @Test
  void listsAreOfOnesOwnOfAllOrOfTheDesk() throws Exception {
    String mine = two.ask("dr-li", two.sealed("201010006"));
    String chiefs = two.ask("chief", two.sealed("201010007"));
    assertThat(ids(two.asking.get("dr-li", "/requests?role=mine"))).containsExactly(mine);
    assertThat(ids(two.asking.get("chief", "/requests?role=mine"))).containsExactly(chiefs);
    assertThat(ids(two.asking.get("chief", "/requests?role=all"))).contains(mine, chiefs);
    assertThat(ids(two.asking.get("chief", "/requests"))).contains(mine, chiefs);
    assertThat(ids(two.asking.get("chief", "/requests?role=desk"))).isEmpty();
    assertThat(ids(two.custodian.get("clerk", "/requests?role=desk&state=OPEN")))
        .contains(mine, chiefs);
    assertThat(two.asking.get("dr-li", "/requests?role=all").status()).isEqualTo(403);
    assertThat(two.asking.get("dr-li", "/requests?role=desk").status()).isEqualTo(403);
    assertThat(two.asking.get("dr-li", "/requests?role=other").status()).isEqualTo(400);
    List<String> first = ids(two.asking.get("chief", "/requests?limit=1"));
    assertThat(first).hasSize(1);
    assertThat(ids(two.asking.get("chief", "/requests?limit=1&after=" + first.get(0))))
        .hasSize(1)
        .doesNotContainAnyElementsOf(first);
  }

  private static List<String> ids(TestHospital.Reply reply) {
    return reply.json().path("requests").findValuesAsText("id");
  }
}
