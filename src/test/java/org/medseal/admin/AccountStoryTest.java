package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.mail.MailSettings;
import org.medseal.mail.Post;
import org.medseal.users.AppCodes;
import org.medseal.users.Role;

/** What people do with their accounts over HTTPS, and what others try with them. */
class AccountStoryTest {
  private static final String NEXT = "the next long password";
  private static final Pattern LINK =
      Pattern.compile("https://node\\.example/recover\\?code=(\\S+)");
  private static @TempDir Path folder;
  private static GreenMail server;
  private static Post post;
  private static TestConsortium consortium;
  private static TestHospital hospital;

  @BeforeAll
  static void start() throws Exception {
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    server.withConfiguration(new GreenMailConfiguration().withDisabledAuthentication());
    server.start();
    post =
        new Post(
            Optional.of(
                new MailSettings(
                    new MailSettings.Server(
                        "127.0.0.1", server.getSmtp().getPort(), MailSettings.Security.NONE),
                    "medseal@node.example",
                    Optional.empty(),
                    Optional.empty(),
                    URI.create("https://node.example"))));
    consortium = new TestConsortium(folder, 1);
    hospital = new TestHospital(consortium, "hospital-1", folder, AdminLimits.defaults(), post);
    hospital.has("admin", Role.ADMIN);
  }

  @AfterAll
  static void stop() {
    hospital.close();
    post.close();
    consortium.close();
    server.stop();
  }

  private static String json(Map<String, Object> fields) {
    return Json.MAPPER.valueToTree(fields).toString();
  }

  private static TestHospital.Reply login(String login, String password, String totp)
      throws Exception {
    return hospital.post(
        "nobody", "/auth/login", json(Map.of("login", login, "password", password, "totp", totp)));
  }

  private static String id(String login) {
    return hospital.users.findByLogin(login).orElseThrow().id();
  }

  private static TestHospital.Reply put(String login, Map<String, Object> fields) throws Exception {
    return hospital.call(hospital.token(login), "PUT", "/api/v1/me", json(fields));
  }

  private static TestHospital.Reply delete(String login, String path, String body)
      throws Exception {
    return hospital.call(hospital.token(login), "DELETE", "/api/v1" + path, body);
  }

  @Test
  void whoRegistersSaysWhoTheyAreAndAnAdministratorSeesIt() throws Exception {
    hospital.post(
        "nobody",
        "/auth/register",
        json(
            Map.of(
                "login", "dr-he",
                "password", NEXT,
                "displayName", "何医生",
                "email", "he@ward.example",
                "licenceNumber", "110-2026-7")));
    JsonNode found = hospital.get("admin", "/users?state=PENDING&q=2026-7").json().path("users");
    assertThat(found).hasSize(1);
    assertThat(found.get(0).path("email").asText()).isEqualTo("he@ward.example");
    assertThat(found.get(0).path("displayName").asText()).isEqualTo("何医生");
    assertThat(hospital.get("admin", "/users?limit=1").json().path("next").asText()).isNotEmpty();
    assertThat(hospital.get("admin", "/users?after=nobody").status()).isEqualTo(404);
  }

  @Test
  void aSecondFactorIsSetUpNeededAndRemoved() throws Exception {
    hospital.has("dr-to", Role.PHYSICIAN);
    String password = TestHospital.password("dr-to");
    assertThat(hospital.post("dr-to", "/me/totp", "").status()).isEqualTo(400);
    assertThat(
            hospital.post("dr-to", "/me/totp", json(Map.of("password", "not it at all"))).problem())
        .isEqualTo("wrong-password");
    JsonNode setUp = hospital.post("dr-to", "/me/totp", json(Map.of("password", password))).json();
    assertThat(setUp.path("uri").asText()).startsWith("otpauth://totp/MedSeal%20hospital-1:dr-to?");
    AppCodes app = new AppCodes(setUp.path("secret").asText());
    assertThat(hospital.post("dr-to", "/me/totp/confirm", json(Map.of("totp", "nonono"))).problem())
        .isEqualTo("wrong-totp");
    JsonNode codes =
        hospital
            .post("dr-to", "/me/totp/confirm", json(Map.of("totp", app.now())))
            .json()
            .path("recoveryCodes");
    assertThat(codes).hasSize(10);
    assertThat(login("dr-to", password, "").problem()).isEqualTo("totp-needed");
    assertThat(login("dr-to", password, "000000").problem()).isEqualTo("totp-needed");
    assertThat(login("dr-to", "not the password", codes.get(0).asText()).problem())
        .isEqualTo("login-failed");
    assertThat(login("dr-to", password, codes.get(0).asText()).status()).isEqualTo(200);
    assertThat(login("dr-to", password, codes.get(0).asText()).problem()).isEqualTo("totp-needed");
    assertThat(hospital.get("dr-to", "/me").json().path("recoveryCodesLeft").asInt()).isEqualTo(9);
    assertThat(delete("dr-to", "/me/totp", json(Map.of("password", "not it at all"))).problem())
        .isEqualTo("wrong-password");
    assertThat(delete("dr-to", "/me/totp", json(Map.of("password", password))).status())
        .isEqualTo(204);
    assertThat(login("dr-to", password, "").status()).isEqualTo(200);
    assertThat(hospital.auditedSubtypes())
        .contains("totp-set-up:0", "totp-confirm:0", "totp-confirm:4", "totp-remove:0");
  }

  @Test
  void aForgottenPasswordIsRecoveredByMail() throws Exception {
    hospital.has("dr-ma", Role.PHYSICIAN);
    Map<String, Object> email = Map.of("email", "ma@ward.example");
    assertThat(put("dr-ma", email).problem()).isEqualTo("wrong-password");
    assertThat(
            put(
                    "dr-ma",
                    Map.of("email", "ma@ward.example", "password", TestHospital.password("dr-ma")))
                .status())
        .isEqualTo(200);
    TestHospital.Reply known = hospital.post("nobody", "/auth/recover", "{\"login\":\"dr-ma\"}");
    String code = mailedCode("ma@ward.example");
    TestHospital.Reply unknown = hospital.post("nobody", "/auth/recover", "{\"login\":\"xx-yy\"}");
    assertThat(known.status()).isEqualTo(202);
    assertThat(known.text()).isEqualTo(unknown.text());
    assertThat(unknown.status()).isEqualTo(202);

    String confirm = json(Map.of("code", code, "newPassword", NEXT));
    assertThat(hospital.post("nobody", "/auth/recover/confirm", confirm).status()).isEqualTo(204);
    assertThat(hospital.get("dr-ma", "/me").status()).as("old sessions").isEqualTo(401);
    assertThat(login("dr-ma", TestHospital.password("dr-ma"), "").problem())
        .isEqualTo("login-failed");
    assertThat(login("dr-ma", NEXT, "").status()).isEqualTo(200);
    TestHospital.Reply again = hospital.post("nobody", "/auth/recover/confirm", confirm);
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.problem()).isEqualTo("bad-code");
    assertThat(hospital.auditText()).doesNotContain(code).doesNotContain("xx-yy");
    assertThat(hospital.auditedSubtypes()).contains("recover:0", "recover-confirm:0");
  }

  private static String mailedCode(String address) throws Exception {
    TestHospital.until(() -> server.getReceivedMessagesForDomain(address).length > 0);
    Matcher link =
        LINK.matcher(server.getReceivedMessagesForDomain(address)[0].getContent().toString());
    assertThat(link.find()).isTrue();
    return link.group(1);
  }

  @Test
  void anAdministratorsCodeRecoversAndTheKeysOfARoleWaitForTheOldPassword() throws Exception {
    hospital.keeps("custodian.keys", "custodian.sm2", consortium.custodian.scalar(), "keeper");
    hospital.has("keeper", Role.ADMIN);
    assertThat(hospital.get("keeper", "/me").json().path("holdsCustodianKey").asBoolean()).isTrue();
    JsonNode issued =
        hospital.post("admin", "/users/" + id("keeper") + "/recovery-code", "").json();
    String confirm = json(Map.of("code", issued.path("code").asText(), "newPassword", NEXT));
    assertThat(hospital.post("nobody", "/auth/recover/confirm", confirm).status()).isEqualTo(204);
    String token = login("keeper", NEXT, "").json().path("token").asText();
    assertThat(me(token).path("holdsCustodianKey").asBoolean()).isFalse();
    assertThat(keys(token, "unlock", Map.of("passphrase", NEXT)).problem())
        .isEqualTo("wrong-passphrase");
    String old = TestHospital.password("keeper");
    assertThat(keys(token, "unlock", Map.of("passphrase", old)).status()).isEqualTo(200);
    assertThat(me(token).path("holdsCustodianKey").asBoolean()).isTrue();
    assertThat(keys(token, "rebind", Map.of("passphrase", old, "password", NEXT)).status())
        .isEqualTo(200);
    String later = login("keeper", NEXT, "").json().path("token").asText();
    assertThat(me(later).path("holdsCustodianKey").asBoolean()).isTrue();
    assertThat(hospital.auditText()).doesNotContain(issued.path("code").asText());
  }

  private static JsonNode me(String token) throws Exception {
    return hospital.call(token, "GET", "/api/v1/me", "").json();
  }

  private static TestHospital.Reply keys(String token, String what, Map<String, Object> body)
      throws Exception {
    return hospital.call(token, "POST", "/api/v1/me/keys/" + what, json(body));
  }

  @Test
  void guessingPasswordsLocksTheLoginAndTheAnswersTellNothing() throws Exception {
    hospital.has("dr-lo", Role.PHYSICIAN);
    String unknown = "";
    for (int i = 0; i < 5; i++) {
      TestHospital.Reply wrong = login("dr-lo", "a guess of somebody", "");
      unknown = login("nobody-has-this", "a guess of somebody", "").text();
      assertThat(wrong.text()).isEqualTo(unknown);
    }
    assertThat(login("dr-lo", TestHospital.password("dr-lo"), "").text()).isEqualTo(unknown);
    JsonNode seen = hospital.get("admin", "/users/" + id("dr-lo")).json();
    assertThat(seen.path("lockedUntil").asText()).isNotEmpty();
    assertThat(hospital.get("dr-lo", "/me").status()).as("who is in stays in").isEqualTo(200);
  }

  @Test
  void nobodyBringsTheTokenTheyWillHave() throws Exception {
    hospital.has("dr-fi", Role.PHYSICIAN);
    String fixed = "A".repeat(43);
    TestHospital.Reply reply =
        hospital.call(
            fixed,
            "POST",
            "/api/v1/auth/login",
            json(Map.of("login", "dr-fi", "password", TestHospital.password("dr-fi"))));
    String token = reply.json().path("token").asText();
    assertThat(token).isNotEqualTo(fixed).isNotEqualTo(hospital.token("dr-fi"));
    assertThat(hospital.call(fixed, "GET", "/api/v1/me", "").status()).isEqualTo(401);
    assertThat(hospital.call(token, "POST", "/api/v1/auth/logout", "").status()).isEqualTo(204);
    assertThat(hospital.call(token, "GET", "/api/v1/me", "").status()).isEqualTo(401);
  }

  @Test
  void sessionsEndOneByOneAndAllAtOnceAndADisabledUserHasNone() throws Exception {
    hospital.has("dr-se", Role.PHYSICIAN);
    hospital.has("dr-xx", Role.PHYSICIAN);
    String other = login("dr-se", TestHospital.password("dr-se"), "").json().path("token").asText();
    JsonNode listed = hospital.get("dr-se", "/me/sessions").json().path("sessions");
    assertThat(listed).hasSize(2);
    assertThat(listed.toString()).doesNotContain(other);
    String otherId =
        listed.get(0).path("current").asBoolean()
            ? listed.get(1).path("id").asText()
            : listed.get(0).path("id").asText();
    assertThat(hospital.call(otherId.substring(0, 43), "GET", "/api/v1/me", "").status())
        .isEqualTo(401);
    assertThat(delete("dr-xx", "/me/sessions/" + otherId, "").status()).isEqualTo(404);
    assertThat(hospital.call(other, "GET", "/api/v1/me", "").status()).isEqualTo(200);
    assertThat(delete("dr-se", "/me/sessions/" + otherId, "").status()).isEqualTo(204);
    assertThat(hospital.call(other, "GET", "/api/v1/me", "").status()).isEqualTo(401);
    String path = "/users/" + id("dr-se");
    assertThat(hospital.get("admin", path + "/sessions").json().path("sessions")).hasSize(1);
    assertThat(hospital.post("admin", path + "/sessions/end", "").json().path("ended").asInt())
        .isEqualTo(1);
    assertThat(hospital.get("dr-se", "/me").status()).isEqualTo(401);
    hospital.logsIn("dr-se");
    assertThat(hospital.post("admin", path + "/disable", "").status()).isEqualTo(200);
    assertThat(hospital.get("dr-se", "/me").status()).isEqualTo(401);
    assertThat(hospital.post("admin", path + "/enable", "").status()).isEqualTo(200);
    assertThat(hospital.get("dr-se", "/me").status()).as("the old token").isEqualTo(401);
    hospital.logsIn("dr-se");
    assertThat(hospital.get("dr-se", "/me").status()).isEqualTo(200);
  }

  @Test
  void recoveringOrRegisteringTellsNobodyWhoExists() throws Exception {
    hospital.has("dr-en", Role.PHYSICIAN);
    hospital.post("nobody", "/auth/register", json(Map.of("login", "dr-pe", "password", NEXT)));
    for (String path : List.of("/auth/recover", "/auth/register")) {
      String known = answer(path, "dr-en");
      assertThat(answer(path, "dr-zz")).isEqualTo(known);
      assertThat(answer(path, "dr-pe")).isEqualTo(known);
      assertThat(answer(path, "dr-en")).isEqualTo(known);
    }
  }

  private static String answer(String path, String login) throws Exception {
    Map<String, Object> body =
        path.endsWith("register")
            ? Map.of("login", login, "password", NEXT)
            : Map.of("login", login);
    TestHospital.Reply reply = hospital.post("nobody", path, json(body));
    return reply.status() + reply.text();
  }
}
