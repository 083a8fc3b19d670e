package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.model.Hash;

/** The pages of records over two running hospitals: what a browser sends, and what it is shown. */
class RecordPagesStoryTest {
  private static @TempDir Path folder;
  private static AskingAndCustodian two;

  @BeforeAll
  static void start() throws Exception {
    two = new AskingAndCustodian(folder);
  }

  @AfterAll
  static void stop() {
    two.close();
  }

  @Test
  void aRecordIsSearchedAskedForReviewedApprovedAndRead() throws Exception {
    Hash record = two.sealed("101030001");
    TestBrowser physician = signedIn(two.asking, "dr-li");
    HttpResponse<String> found =
        physician.submit("/search", "authority", AskingAndCustodian.SSN, "id", "101-03-0001");
    assertThat(found.statusCode()).isEqualTo(200);
    String choice = found.body().replaceAll("(?s).*name=\"record\" value=\"([^\"]+)\".*", "$1");
    assertThat(choice).startsWith(record.hex() + " HL7V2 ");
    String written = physician.submit("/requests/new", "record", choice).body();
    assertThat(written).contains("value=\"TREATMENT\"").doesNotContain("101-03");
    HttpResponse<String> sent =
        physician.submit(
            "/requests",
            "record",
            choice,
            "purpose",
            "TREATMENT",
            "justification",
            "second opinion");
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
    String request = location(sent);
    assertThat(request).doesNotContain("101");
    assertThat(physician.get(request).body()).contains("Waiting").doesNotContain(">Open<");

    String id = request.substring("/requests/".length());
    TestBrowser custodian = signedIn(two.custodian, "keeper");
    assertThat(custodian.get("/desk").body()).contains("/desk/" + id, "dr-li");
    assertThat(custodian.get("/desk/" + id).body()).contains("second opinion", "/records/");
    String desk = "/desk/" + id + "/records/" + record.hex();
    assertThat(custodian.get(desk).body()).contains("PID-3", "psn");
    HttpResponse<String> decided = custodian.submit("/desk/" + id + "/approve", "reply", "granted");
    assertThat(decided.statusCode()).as(decided.body()).isEqualTo(303);

    String opened = "/requests/" + id + "/records/" + record.hex();
    assertThat(physician.get(request).body()).contains(opened, "granted");
    assertThat(physician.get(opened).body()).contains("PID-3", "psn", "LAB");
    HttpResponse<String> download = physician.get(opened + "/download");
    assertThat(download.body()).isEqualTo(AskingAndCustodian.CLEAR);
    assertThat(download.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment");
    assertThat(physician.get("/requests").body()).contains("/requests/" + id);
  }

  @Test
  void withoutTheKeyTheDeskHoldsTheFormToUnlockIt() throws Exception {
    Hash record = two.sealed("101030002");
    String id = two.ask("dr-li", record);
    TestBrowser clerk = signedIn(two.custodian, "clerk");
    assertThat(clerk.get("/desk/" + id).body()).contains("name=\"passphrase\"");
    HttpResponse<String> review = clerk.get("/desk/" + id + "/records/" + record.hex());
    assertThat(location(review)).isEqualTo("/desk/" + id);
    assertThat(clerk.submit("/desk/" + id + "/approve", "reply", "").statusCode()).isEqualTo(403);
  }

  @Test
  void whatIsNotOnesOwnIsNotThere() throws Exception {
    Hash record = two.sealed("101030003");
    String id = two.ask("dr-li", record);
    TestBrowser other = signedIn(two.asking, "dr-wu");
    assertThat(other.get("/requests/" + id).statusCode()).isEqualTo(404);
    assertThat(other.get("/requests/" + id + "/records/" + record.hex()).statusCode())
        .isEqualTo(404);
    assertThat(other.get("/desk/" + id).statusCode()).isEqualTo(403);
    assertThat(other.get("/traces").statusCode()).isEqualTo(403);
  }

  private static TestBrowser signedIn(TestHospital hospital, String login) throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    browser.get("/sign-in");
    assertThat(browser.signIn(login, TestHospital.password(login)).statusCode()).isEqualTo(303);
    return browser;
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("").split("\\?", 2)[0];
  }
}
