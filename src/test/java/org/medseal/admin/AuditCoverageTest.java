package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.medseal.audit.AuditAction;
import org.medseal.audit.AuditEvents;
import org.medseal.users.Role;

/** Every call against the trail: what is done, what is refused, and what may go unsaid. */
class AuditCoverageTest extends AtOneHospital {
  private static final OpenApi API = OpenApi.load();
  private static final RequestSamples SAMPLES = new RequestSamples(API);

  /** They show the node's and the ledger's state, and nothing of a patient or of others. */
  private static final Set<String> UNSAID_WHEN_ALLOWED =
      Set.of(
          "GET /openapi.yaml",
          "GET /me",
          "GET /me/sessions",
          "GET /settings",
          "GET /users/count",
          "GET /authorities",
          "GET /custodians",
          "GET /feeds",
          "GET /feeds/{id}/series",
          "GET /group",
          "GET /messages",
          "GET /messages/{id}",
          "GET /messages/{id}/dry-run",
          "GET /messages/reprocess/{id}");

  @Test
  void everyRefusalOfSomebodyLoggedInLeavesAnEntry() throws Exception {
    for (OpenApi.Operation row : API.operations()) {
      for (Role role : Role.values()) {
        if (!row.allows(role)) {
          long before = hospital.audit.size();
          String login = role.name().toLowerCase(Locale.ROOT);
          hospital.call(hospital.token(login), row.method(), SAMPLES.path(row), SAMPLES.body(row));
          JsonNode entry = newest();
          assertThat(hospital.audit.size()).as(role + " " + row).isEqualTo(before + 1);
          assertThat(entry.path("outcomeDesc").asText())
              .as(row.toString())
              .isEqualTo("not-allowed");
          assertThat(entry.at("/agent/0/who/display").asText()).isEqualTo(login);
          assertThat(entry.path("entity").toString()).contains(row.method() + " " + row.path());
        }
      }
    }
  }

  @Test
  void theFirstRefusalOfNobodyLeavesAnEntryForEachCall() throws Exception {
    for (OpenApi.Operation row : API.operations()) {
      if (!row.allowsNobody()) {
        long before = hospital.audit.size();
        hospital.call("", row.method(), SAMPLES.path(row), SAMPLES.body(row));
        assertThat(hospital.audit.size()).as(row.toString()).isEqualTo(before + 1);
        assertThat(newest().at("/agent/0/who/display").asText()).isEqualTo("anonymous");
      }
    }
  }

  @Test
  void everyFailedLoginOfSomebodyKnownLeavesAnEntry() throws Exception {
    for (int i = 0; i < 2; i++) {
      long before = hospital.audit.size();
      hospital.login("physician", "wrong wrong wrong");
      assertThat(hospital.audit.size()).isEqualTo(before + 1);
      assertThat(newest().at("/subtype/0/code").asText()).isEqualTo("login");
      assertThat(newest().path("outcomeDesc").asText()).isEqualTo("login-failed");
      assertThat(newest().at("/agent/0/who/display").asText()).isEqualTo("physician");
    }
  }

  @Test
  void failedLoginsOfNamesThatNobodyHasLeaveOneEntryAMinute() throws Exception {
    long before = hospital.audit.size();
    for (int i = 0; i < 4; i++) {
      hospital.login("nobody-" + i, "wrong wrong wrong");
      assertThat(hospital.audit.size()).isEqualTo(before + 1);
    }
    assertThat(newest().path("outcomeDesc").asText()).isEqualTo("login-failed");
    assertThat(newest().at("/agent/0/who/display").asText()).isEqualTo("anonymous");
  }

  @Test
  void askingForRecoveryWithoutEndFillsNoTrail() throws Exception {
    long before = hospital.audit.size();
    for (int i = 0; i < 20; i++) {
      asksToRecover("nobody-" + i);
    }
    assertThat(hospital.audit.size()).isEqualTo(before + 1);
    for (int i = 0; i < 20; i++) {
      asksToRecover("auditor");
    }
    assertThat(hospital.audit.size()).as("five of a known login").isEqualTo(before + 6);
    assertThat(newest().path("entity").toString()).contains("auditor");
    asksToRecover("operator");
    assertThat(hospital.audit.size()).as("none hides another").isEqualTo(before + 7);
  }

  private static void asksToRecover(String login) throws Exception {
    String body = Json.object().put("login", login).toString();
    hospital.call("", "POST", "/api/v1/auth/recover", body);
  }

  @Test
  void aListThatPagesShowAgainAndAgainLeavesOneEntryAnHourAndSession() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    assertThat(browser.signIn("physician", TestHospital.password("physician")).statusCode())
        .isEqualTo(303);
    browser.get("/requests");
    long before = hospital.audit.size();
    for (int i = 0; i < 3; i++) {
      assertThat(browser.get("/").statusCode()).isEqualTo(200);
      assertThat(browser.get("/requests", "HX-Request", "true").statusCode()).isEqualTo(200);
    }
    assertThat(hospital.audit.size()).isEqualTo(before);
    for (int i = 1; i <= 2; i++) {
      hospital.get("physician", "/requests");
      assertThat(hospital.audit.size()).as("a program's").isEqualTo(before + i);
    }
  }

  @Test
  void aSecondSessionsListHasAnEntryOfItsOwn() throws Exception {
    for (int i = 0; i < 2; i++) {
      long before = hospital.audit.size();
      new TestBrowser(hospital).signIn("physician", TestHospital.password("physician"));
      assertThat(hospital.audit.size()).as("login and list").isEqualTo(before + 2);
      assertThat(newest().at("/subtype/0/code").asText()).isEqualTo("requests-read");
    }
  }

  @Test
  void aRequestThatSomebodyOpensAlwaysLeavesAnEntryAndOneThatRenewsItselfOnlyOne()
      throws Exception {
    CallRunner runner = new CallRunner(hospital.users.sessions(), hospital.audit);
    String token = hospital.token("physician");
    assertThat(entriesOf(runner, CallRunner.Caller.ofPage(token, false), "one")).isEqualTo(1);
    assertThat(entriesOf(runner, CallRunner.Caller.ofPage(token, false), "one")).isZero();
    assertThat(entriesOf(runner, CallRunner.Caller.ofPage(token, false), "two")).isEqualTo(1);
    assertThat(entriesOf(runner, CallRunner.Caller.ofPage(token, true), "one")).isEqualTo(1);
    assertThat(entriesOf(runner, CallRunner.Caller.ofPage(token, true), "one")).isEqualTo(1);
  }

  private static long entriesOf(CallRunner runner, CallRunner.Caller caller, String id) {
    long before = hospital.audit.size();
    Call read =
        new Call(
            "GET",
            "/requests/{id}",
            Access.loggedIn(),
            AuditAction.REQUESTS_READ,
            exchange -> Answer.json(Json.object().put("id", exchange.id("id"))));
    Exchange.Inputs inputs =
        new Exchange.Inputs(Map.of("id", id), Map.of(), Answer.JSON, new byte[0]);
    assertThat(runner.run(read, caller, inputs).status()).isEqualTo(200);
    return hospital.audit.size() - before;
  }

  @Test
  void whatAPageRefusesLeavesAnEntryOfWhoAndWhere() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    browser.signIn("physician", TestHospital.password("physician"));
    String form = TestBrowser.form(browser.csrf());
    long before = hospital.audit.size();
    browser.post("/sign-out", form, "Origin", "https://evil.example");
    assertRefused(before + 1, "cross-site", "physician", "POST /sign-out");
    browser.post("/sign-out", TestBrowser.form("x"), "Origin", hospital.origin());
    assertRefused(before + 2, "stale-form", "physician", "POST /sign-out");
    browser.get("/users");
    assertRefused(before + 3, "not-allowed", "physician", "GET /users");
    browser.post("/api/v1/auth/logout", "", "Origin", hospital.origin());
    assertRefused(before + 4, "cross-site", "physician", "POST /auth/logout");
    for (int i = 0; i < 3; i++) {
      new TestBrowser(hospital).post("/sign-in", "", "Origin", "https://evil.example");
      assertRefused(before + 5, "cross-site", "anonymous", "POST /sign-in");
    }
  }

  private static void assertRefused(long entries, String why, String who, String path)
      throws Exception {
    assertThat(hospital.audit.size()).as(path).isEqualTo(entries);
    assertThat(newest().path("outcomeDesc").asText()).as(path).isEqualTo(why);
    assertThat(newest().at("/agent/0/who/display").asText()).as(path).isEqualTo(who);
    assertThat(newest().path("entity").toString()).contains(path);
  }

  @Test
  void whatIsDoneIsSaidButForReadingTheStateOfNodeAndLedger() throws Exception {
    Set<String> unsaid = new TreeSet<>();
    for (Call call : AccessMatrixTest.calls(consortium, hospital, folder)) {
      boolean ledger =
          call.method().equals("GET")
              && (call.path().startsWith("/ledger/") || call.path().startsWith("/observe/"));
      if (call.action() == AuditAction.CALL && !ledger) {
        unsaid.add(call.method() + " " + call.path());
      }
    }
    assertThat(UNSAID_WHEN_ALLOWED).containsAll(unsaid);
  }

  @Test
  void everyActionHasACodeOfItsOwn() {
    assertThat(Arrays.stream(AuditAction.values()).map(AuditAction::code)).doesNotHaveDuplicates();
    for (AuditAction each : AuditAction.values()) {
      assertThat(AuditAction.of(each.code())).contains(each);
    }
  }

  private static JsonNode newest() throws Exception {
    byte[] page = new AuditEvents(hospital.audit, "hospital-1", "/").bundle(0, 1);
    return Json.MAPPER.readTree(page).at("/entry/0/resource");
  }
}
