package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.admin.AskingAndCustodian.SSN;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.ledger.model.Hash;

/** Which patient's records are found where, and whose a record is. */
class RecordSearchStoryTest {
  private static @TempDir Path folder;
  private static AskingAndCustodian two;
  private static TestHospital custodian;
  private static TestHospital asking;

  @BeforeAll
  static void start() throws Exception {
    two = new AskingAndCustodian(folder);
    custodian = two.custodian;
    asking = two.asking;
  }

  @AfterAll
  static void stop() {
    two.close();
  }

  @Test
  void verifyTellsWhoseRecordItIs() throws Exception {
    Hash record = two.sealed("101010010");
    assertThat(verify(record, "101 01 0010")).isTrue();
    assertThat(verify(record, "101010011")).isFalse();
  }

  @Test
  void aLocalNumberIsFoundAtHomeOnly() throws Exception {
    Hash record = two.sealed("101010012");
    PatientIdentifier local = new PatientIdentifier("urn:medseal:demo:hospital-2", "MR", "MRN77");
    asking.localIndex.add(local, record);
    String query = "/records?authority=HOSP2&type=MR&id=mrn77";
    assertThat(asking.get("dr-li", query).json().path("records")).hasSize(1);
    assertThat(custodian.get("clerk", query).json().path("records")).isEmpty();
    String body = "{\"authority\":\"HOSP2\",\"id\":\"mrn77\"}";
    assertThat(
            asking
                .post("dr-li", "/records/" + record.hex() + "/verify", body)
                .json()
                .path("belongs")
                .asBoolean())
        .isTrue();
  }

  @Test
  void aListedAuthorityTakesItsOwnTypesOnly() throws Exception {
    Hash record = two.sealed("101010016");
    String query = "/records?authority=USSSA&id=101010016&type=";
    assertThat(asking.get("dr-li", query).json().path("records")).hasSize(1);
    assertThat(asking.get("dr-li", query + "ss").json().path("records")).hasSize(1);
    String body = "{\"authority\":\"USSSA\",\"type\":\"MR\",\"id\":\"101010016\"}";
    for (TestHospital.Reply reply :
        List.of(
            asking.get("dr-li", query + "MR"),
            asking.post("dr-li", "/records/" + record.hex() + "/verify", body))) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json().path("detail").asText()).contains("[SS]").doesNotContain("101010016");
    }
  }

  @Test
  void anUnlistedNumberIsFoundWithItsTypeOrWithoutAny() throws Exception {
    Hash record = two.sealed("101010017");
    asking.localIndex.add(new PatientIdentifier("Elsewhere", "PI", "X17"), record);
    String query = "/records?authority=Elsewhere&id=x17";
    assertThat(asking.get("dr-li", query).json().path("records")).hasSize(1);
    assertThat(asking.get("dr-li", query + "&type=PI").json().path("records")).hasSize(1);
    assertThat(asking.get("dr-li", query + "&type=MR").json().path("records")).isEmpty();
    String body = "{\"authority\":\"Elsewhere\",\"id\":\"x17\"}";
    String verify = "/records/" + record.hex() + "/verify";
    assertThat(asking.post("dr-li", verify, body).json().path("belongs").asBoolean()).isTrue();
  }

  private static boolean verify(Hash record, String number) throws Exception {
    String body =
        Json.object().put("authority", SSN).put("type", "SS").put("id", number).toString();
    return asking
        .post("dr-li", "/records/" + record.hex() + "/verify", body)
        .json()
        .path("belongs")
        .asBoolean();
  }
}
