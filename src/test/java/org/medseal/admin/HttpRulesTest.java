package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.ledger.engine.EngineStatus.Cause;
import org.medseal.users.Role;
import org.medseal.users.User;
import org.medseal.users.UserState;

/** What holds for all calls, and the calls without a story of their own. */
class HttpRulesTest extends AtOneHospital {
  @Test
  void everyAnswerCarriesTheSecurityHeaders() throws Exception {
    for (TestHospital.Reply reply :
        List.of(hospital.get("admin", "/me"), hospital.call("", "GET", "/nowhere", ""))) {
      var headers = reply.response().headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Cache-Control")).contains("no-store");
      assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
    }
  }

  @Test
  void everyRefusalIsAProblemDocument() throws Exception {
    for (TestHospital.Reply reply :
        List.of(
            hospital.call("", "GET", "/api/v1/nothing", ""),
            hospital.call("", "DELETE", "/api/v1/me", ""),
            hospital.get("", "/me"),
            hospital.get("physician", "/users"),
            hospital.post("admin", "/users/x/approve", "{"),
            hospital.call("", "GET", "/api/v1/records/%2e%2e%2f%2e%2e%2fetc%2fpasswd", ""),
            hospital.call("", "GET", "/api/v1/../../etc/passwd", ""))) {
      assertThat(reply.status()).isBetween(400, 499);
      assertThat(reply.mediaType()).isEqualTo("application/problem+json");
      assertThat(reply.json().path("status").asInt()).isEqualTo(reply.status());
      assertThat(reply.json().path("title").asText()).isNotBlank();
      assertThat(reply.text()).doesNotContain("Exception").doesNotContain("org.medseal");
    }
  }

  @Test
  void idsThatClimbOutOfTheirFolderAreRefused() throws Exception {
    String climbing = "..%2F..%2Fetc%2Fpasswd";
    assertThat(hospital.get("physician", "/records/" + climbing).status()).isEqualTo(400);
    assertThat(hospital.post("operator", "/feeds/" + climbing + "/pause", "").status())
        .isEqualTo(400);
    assertThat(hospital.post("operator", "/messages/" + climbing + "/reprocess", "").status())
        .isEqualTo(400);
    assertThat(hospital.post("admin", "/users/" + climbing + "/disable", "").status())
        .isEqualTo(400);
    assertThat(hospital.get("admin", "/ledger/blocks/-1").status()).isEqualTo(400);
  }

  @Test
  void bodiesAreStrict() throws Exception {
    for (String body :
        List.of(
            "",
            "[]",
            "{\"login\":\"x\"}",
            "{\"login\":\"xy\",\"login\":\"xz\",\"password\":\"long enough pw\"}",
            "{\"login\":\"xy\",\"password\":\"long enough pw\"} {}",
            "{\"login\":7,\"password\":\"long enough pw\"}")) {
      assertThat(hospital.post("", "/auth/register", body).status()).as(body).isEqualTo(400);
    }
    assertThat(hospital.users.findByLogin("xy")).isEmpty();
    String unknown = "{\"login\":\"admin\",\"password\":\"long enough pw\",\"admin\":true}";
    assertThat(hospital.post("", "/auth/login", unknown).status()).isEqualTo(400);
  }

  @Test
  void aRegistrationMayWishForRolesAndGetsNone() throws Exception {
    String wish =
        "{\"login\":\"wisher\",\"password\":\"a long password\",\"name\":\"Dr Wish\","
            + "\"roles\":[\"ADMIN\"],\"ward\":7}";
    assertThat(hospital.post("", "/auth/register", wish).status()).isEqualTo(202);
    User wisher = hospital.users.findByLogin("wisher").orElseThrow();
    assertThat(wisher.displayName()).isEqualTo("Dr Wish");
    assertThat(wisher.state()).isEqualTo(UserState.PENDING);
    assertThat(wisher.roles()).isEmpty();
  }

  @Test
  void rolesGivenBeforeTheApprovalHoldFromItOn() throws Exception {
    hospital.users.register("early", TestHospital.password("early"), "");
    String user = "/users/" + hospital.users.findByLogin("early").orElseThrow().id();
    assertThat(hospital.post("admin", user + "/roles", "{\"roles\":[\"PHYSICIAN\"]}").status())
        .isEqualTo(200);
    assertThat(hospital.login("early", TestHospital.password("early")).status()).isEqualTo(401);
    TestHospital.Reply approved = hospital.post("admin", user + "/approve", "");
    assertThat(approved.json().path("state").asText()).isEqualTo("ACTIVE");
    assertThat(approved.json().path("roles").path(0).asText()).isEqualTo("PHYSICIAN");
    hospital.logsIn("early");
    assertThat(hospital.get("early", "/records?authority=SSA&id=123456789").status())
        .isEqualTo(200);
  }

  @Test
  void approvedWithoutRolesOneSeesOnlyTheOwnAccount() throws Exception {
    hospital.users.register("late", TestHospital.password("late"), "");
    String user = "/users/" + hospital.users.findByLogin("late").orElseThrow().id();
    assertThat(hospital.post("admin", user + "/approve", "{}").status()).isEqualTo(200);
    hospital.logsIn("late");
    assertThat(hospital.get("late", "/me").json().path("roles")).isEmpty();
    assertThat(hospital.get("late", "/records?authority=SSA&id=123456789").status()).isEqualTo(403);
    hospital.post("admin", user + "/roles", "{\"roles\":[\"PHYSICIAN\"]}");
    assertThat(hospital.get("late", "/records?authority=SSA&id=123456789").status()).isEqualTo(200);
  }

  @Test
  void aParameterWithoutAValueIsAbsent() throws Exception {
    assertThat(hospital.get("operator", "/messages?state=&limit=&after=").status()).isEqualTo(200);
    assertThat(hospital.get("admin", "/requests?state=").status()).isEqualTo(200);
    assertThat(hospital.get("auditor", "/audit?_count=&before=").status()).isEqualTo(200);
    assertThat(hospital.get("physician", "/records?authority=SSA&type=&id=123456789").status())
        .isEqualTo(200);
  }

  @Test
  void aNodeThatCannotReadItsUsersIsNotReady() throws Exception {
    try (TestHospital other =
        new TestHospital(consortium, "hospital-1", folder.resolve("unready"))) {
      other.users.close();
      TestHospital.Reply reply = other.call("", "GET", "/observe/health/ready", "");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.json().at("/checks/users").asBoolean(true)).isFalse();
      assertThat(reply.json().at("/checks/ledgerQuorum").asBoolean()).isTrue();
    }
  }

  @Test
  void aNodeThatTakesNoPartInTheLedgerIsNotReadyThoughAllAreConnected() throws Exception {
    try (TestConsortium apart =
            new TestConsortium(Files.createDirectory(folder.resolve("apart")), 1);
        TestHospital other = new TestHospital(apart, "hospital-1", folder.resolve("out"))) {
      for (Cause cause : Cause.values()) {
        apart.chain.waitsBecauseOf(cause);
        boolean out =
            Set.of(Cause.TRUST_PERIOD, Cause.OWN_CLOCK, Cause.SILENT, Cause.DISK, Cause.STOPPED)
                .contains(cause);
        TestHospital.Reply reply = other.call("", "GET", "/observe/health/ready", "");
        assertThat(reply.status()).as("%s", cause).isEqualTo(out ? 503 : 200);
        assertThat(reply.json().at("/checks/ledgerDecides").asBoolean(out)).isEqualTo(!out);
        assertThat(reply.json().at("/checks/ledgerQuorum").asBoolean()).isTrue();
      }
    }
  }

  @Test
  void aBodyBeyondTheLimitIsCutOff() throws Exception {
    String huge = "{\"login\":\"" + "x".repeat(300_000) + "\"}";
    assertThat(hospital.post("", "/auth/register", huge).status()).isEqualTo(413);
  }

  @Test
  void registeringAnswersTheSameForTakenAndFreeLogins() throws Exception {
    String free = "{\"login\":\"newcomer\",\"password\":\"a long password\"}";
    String taken = "{\"login\":\"admin\",\"password\":\"a long password\"}";
    TestHospital.Reply first = hospital.post("", "/auth/register", free);
    TestHospital.Reply second = hospital.post("", "/auth/register", taken);
    assertThat(first.status()).isEqualTo(202).isEqualTo(second.status());
    assertThat(first.text()).isEqualTo(second.text());
    assertThat(hospital.auditText()).contains("created");
  }

  @Test
  void aFailedLoginTellsNothing() throws Exception {
    hospital.users.register("waiting", TestHospital.password("waiting"), "");
    TestHospital.Reply unknown = hospital.login("nobody-here", "some long password");
    TestHospital.Reply wrong = hospital.login("physician", "some long password");
    TestHospital.Reply pending = hospital.login("waiting", TestHospital.password("waiting"));
    TestHospital.Reply odd = hospital.login("../x", "some long password");
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(List.of(wrong.text(), pending.text(), odd.text())).containsOnly(unknown.text());
    assertThat(hospital.auditedSubtypes()).contains("login:4", "login:0");
    assertThat(hospital.auditText()).doesNotContain("nobody-here");
  }

  @Test
  void aDisabledUserIsOutInTheMiddleOfASession() throws Exception {
    hospital.has("leaver", Role.PHYSICIAN);
    assertThat(hospital.get("leaver", "/me").status()).isEqualTo(200);
    String id = hospital.users.findByLogin("leaver").orElseThrow().id();
    assertThat(hospital.post("admin", "/users/" + id + "/disable", "").status()).isEqualTo(200);
    assertThat(hospital.get("leaver", "/me").status()).isEqualTo(401);
    assertThat(hospital.get("leaver", "/records?authority=SSA&id=123456789").status())
        .isEqualTo(401);
  }

  @Test
  void anAdministratorApprovesRegistersChangeAndRename() throws Exception {
    hospital.post(
        "",
        "/auth/register",
        "{\"login\":\"dr-new\",\"password\":\"a long password\",\"displayName\":\"Dr New\"}");
    String id = hospital.users.findByLogin("dr-new").orElseThrow().id();
    TestHospital.Reply approved =
        hospital.post("admin", "/users/" + id + "/approve", "{\"roles\":[\"PHYSICIAN\"]}");
    assertThat(approved.json().path("state").asText()).isEqualTo("ACTIVE");
    assertThat(
            hospital.post("admin", "/users/" + id + "/roles", "{\"roles\":[\"SURGEON\"]}").status())
        .isEqualTo(400);
    String token = hospital.login("dr-new", "a long password").json().path("token").asText();
    assertThat(
            hospital
                .call(token, "PUT", "/api/v1/me", "{\"displayName\":\"Dr Newer\"}")
                .json()
                .path("displayName")
                .asText())
        .isEqualTo("Dr Newer");
    String change = "{\"oldPassword\":\"a long password\",\"newPassword\":\"a longer password\"}";
    assertThat(hospital.call(token, "POST", "/api/v1/me/password", change).status()).isEqualTo(204);
    assertThat(hospital.login("dr-new", "a long password").status()).isEqualTo(401);
    assertThat(hospital.login("dr-new", "a longer password").status()).isEqualTo(200);
  }

  @Test
  void lookUpsAreLimitedPerUser() throws Exception {
    AdminLimits narrow =
        new AdminLimits(
            1 << 16, 3, 1, AdminLimits.defaults().commitWait(), AdminLimits.defaults().terms());
    try (TestHospital other =
        new TestHospital(consortium, "hospital-1", folder.resolve("narrow"), narrow)) {
      other.has("one", Role.ADMIN);
      other.has("two", Role.PHYSICIAN);
      int refused = 0;
      for (int i = 0; i < 40; i++) {
        refused += other.get("one", "/records?authority=SSA&id=" + i).status() == 429 ? 1 : 0;
      }
      assertThat(refused).isPositive();
      assertThat(other.get("two", "/records?authority=SSA&id=123456789").status()).isEqualTo(200);
    }
  }

  @Test
  void aSearchWithoutAnAuthorityOrIdIsRefusedAndQuotesNothing() throws Exception {
    TestHospital.Reply reply = hospital.get("physician", "/records?authority=&id=Canary-77");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).doesNotContain("Canary");
    assertThat(hospital.get("physician", "/records?id=1&id=2&authority=SSA").status())
        .isEqualTo(400);
  }

  @Test
  void feedsPauseAndMessagesAreProcessedAgain() throws Exception {
    assertThat(hospital.post("operator", "/feeds/lab/pause", "").status()).isEqualTo(204);
    assertThat(hospital.get("operator", "/feeds").json().at("/feeds/0/state").asText())
        .isEqualTo("PAUSED");
    assertThat(hospital.post("operator", "/feeds/lab/resume", "").status()).isEqualTo(204);
    assertThat(hospital.post("operator", "/feeds/none/pause", "").status()).isEqualTo(404);

    String id =
        hospital
            .messages
            .receive(
                "lab",
                Format.HL7V2,
                "MSH|x".getBytes(StandardCharsets.UTF_8),
                Optional.empty(),
                Optional.empty())
            .id();
    assertThat(hospital.post("operator", "/messages/" + id + "/reprocess", "").status())
        .isEqualTo(409);
    hospital.messages.quarantined(id, QuarantineReason.NO_PATIENT_IDENTIFIER, "PID-3");
    var shown = hospital.get("operator", "/messages?state=QUARANTINED").json().path("messages");
    assertThat(shown.path(0).path("id").asText()).isEqualTo(id);
    assertThat(shown.path(0).path("place").asText()).isEqualTo("PID-3");
    assertThat(hospital.post("operator", "/messages/" + id + "/reprocess", "").status())
        .isEqualTo(204);
    assertThat(hospital.get("operator", "/messages?state=RECEIVED").json().path("messages"))
        .hasSize(1);
    assertThat(hospital.get("operator", "/messages?state=BROKEN").status()).isEqualTo(400);
  }

  @Test
  void theLedgerShowsItselfToAnyRole() throws Exception {
    assertThat(hospital.get("auditor", "/ledger/status").json().path("chainId").asText())
        .isEqualTo(TestConsortium.CHAIN);
    assertThat(hospital.get("operator", "/ledger/consensus").json().has("waitingFor")).isTrue();
    assertThat(hospital.get("operator", "/ledger/validators").json().path("validators")).hasSize(1);
    assertThat(hospital.get("operator", "/ledger/blocks/99999").status()).isEqualTo(404);
  }

  @Test
  void healthAndMetricsAnswerThisMachine() throws Exception {
    assertThat(hospital.call("", "GET", "/observe/health/live", "").status()).isEqualTo(200);
    assertThat(hospital.call("", "GET", "/observe/health/ready", "").status()).isEqualTo(200);
    assertThat(hospital.call("", "GET", "/observe/metrics", "").text())
        .contains("medseal_ledger_height ")
        .contains("medseal_messages{state=\"RECEIVED\"}");
    assertThat(Routes.isLocal(SocketAddress.inetSocketAddress(1, "127.0.0.1"))).isTrue();
    assertThat(Routes.isLocal(SocketAddress.inetSocketAddress(1, "192.0.2.7"))).isFalse();
  }

  /** Prometheus text 0.0.4: each family said what it means and what it is, once, before it. */
  @Test
  void everyMetricIsAnnouncedWithItsMeaningAndItsType() throws Exception {
    String family = "";
    Set<String> seen = new HashSet<>();
    String text = hospital.call("", "GET", "/observe/metrics", "").text();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("# HELP ")) {
        family = lines.get(i).split(" ", 4)[2];
        assertThat(lines.get(i)).matches("# HELP [a-z_]+ [^ ].*\\.");
        assertThat(lines.get(i + 1)).matches("# TYPE " + family + " (gauge|counter)");
        assertThat(lines.get(i + 1).endsWith("counter")).isEqualTo(family.endsWith("_total"));
        assertThat(seen.add(family)).as(family).isTrue();
        i++;
      } else {
        assertThat(lines.get(i)).matches(family + "(\\{.+\\})? -?\\d+");
      }
    }
    assertThat(seen).contains("medseal_messages", "medseal_feed_received_total", "medseal_alert");
    assertThat(text).endsWith("\n");
  }

  @Test
  void theAuditorReadsPagesOfFhir() throws Exception {
    TestHospital.Reply page = hospital.get("auditor", "/audit?_count=2");
    assertThat(page.mediaType()).isEqualTo("application/fhir+json");
    assertThat(page.json().path("entry")).hasSize(2);
    assertThat(hospital.get("auditor", "/audit?_count=0").status()).isEqualTo(400);
    assertThat(hospital.auditedSubtypes()).contains("audit-read:0");
  }

  @Test
  void theDocumentIsServed() throws Exception {
    TestHospital.Reply reply = hospital.call("", "GET", "/api/v1/openapi.yaml", "");
    assertThat(reply.text()).startsWith("openapi: 3.1.0");
  }
}
