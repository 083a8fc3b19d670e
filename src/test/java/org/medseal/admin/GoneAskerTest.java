package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.admin.AskingAndCustodian.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.requests.Intention;
import org.medseal.users.Role;

/** A hospital asks and is put out of the consortium before the custodian has decided. */
class GoneAskerTest {
  @Test
  void itsRequestCanBeRejectedButNotApproved(@TempDir Path folder) throws Exception {
    try (TestConsortium consortium = new TestConsortium(folder, 3);
        TestHospital custodian = new TestHospital(consortium, "hospital-1", folder);
        TestHospital asking = new TestHospital(consortium, "hospital-2", folder)) {
      custodian.keeps("custodian.keys", "custodian.sm2", consortium.custodian.scalar(), "keeper");
      custodian.has("keeper", Role.ADMIN);
      asking.has("dr-li", Role.ADMIN);
      Hash record =
          consortium.seals(
              "hospital-1", AskingAndCustodian.patient("601010001"), RecordFormat.FHIR, "{}");
      String body = AskingAndCustodian.askBody(record);
      String id = asking.post("dr-li", "/requests", body).json().path("id").asText();
      assertThat(shown(custodian, id).path("institutionPresent").asBoolean()).isTrue();
      putOut(consortium, "hospital-2");

      assertThat(shown(custodian, id).path("institutionPresent").asBoolean()).isFalse();
      TestHospital.Reply approved =
          custodian.post("keeper", "/requests/" + id + "/approve", "{\"reply\":\"yes\"}");
      assertThat(approved.status()).isEqualTo(409);
      assertThat(approved.problem()).isEqualTo("institution-gone");
      assertThat(approved.json().path("detail").asText()).contains("hospital-2", "rejected");
      TestBrowser browser = new TestBrowser(custodian);
      browser.signIn("keeper", TestHospital.password("keeper"));
      assertThat(browser.get("/desk/" + id).body()).contains("hospital-2 has left the consortium");
      TestHospital.Reply rejected =
          custodian.post("keeper", "/requests/" + id + "/reject", "{\"reply\":\"gone\"}");
      assertThat(rejected.status()).as(rejected.text()).isEqualTo(200);
      assertThat(state(custodian, "keeper", id)).isEqualTo("REJECTED");
      assertThat(shown(custodian, id).path("reply").asText()).isEqualTo("gone");
    }
  }

  private static JsonNode shown(TestHospital custodian, String id) throws Exception {
    return custodian.get("keeper", "/requests/" + id).json();
  }

  /** By its own vote too: two of three are not more than two thirds. */
  private static void putOut(TestConsortium consortium, String institution) {
    Action removal = new Action.GovernanceProposal(new MembershipChange.Removal(institution));
    Hash proposal = consortium.acting("hospital-1").submit(removal, Intention.ofNobody()).id();
    for (String each : List.of("hospital-2", "hospital-3")) {
      Action vote = new Action.GovernanceVote(proposal, true);
      consortium.acting(each).submit(vote, Intention.ofNobody());
    }
    assertThat(consortium.ledger("hospital-1").view().institution(institution)).isEmpty();
  }
}
