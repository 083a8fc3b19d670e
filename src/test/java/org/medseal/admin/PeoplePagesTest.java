package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.users.Role;
import org.medseal.users.UserState;

/** Accounts by pages alone: asked for, approved, used, changed. */
class PeoplePagesTest {
  private static final String PASSWORD = "a long enough password";
  private static @TempDir Path folder;
  private static TestConsortium consortium;
  private static TestHospital hospital;
  private static TestBrowser admin;

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 1);
    hospital = new TestHospital(consortium, "hospital-1", folder);
    hospital.has("admin", Role.ADMIN, Role.AUDITOR);
    admin = new TestBrowser(hospital);
    admin.signIn("admin", TestHospital.password("admin"));
  }

  @AfterAll
  static void stop() {
    hospital.close();
    consortium.close();
  }

  private static HttpResponse<String> asks(TestBrowser browser, String login, String again)
      throws Exception {
    return browser.submit(
        "/sign-up",
        "login",
        login,
        "displayName",
        "Dr " + login,
        "password",
        PASSWORD,
        "again",
        again);
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  private static String id(String login) {
    return hospital.users.findByLogin(login).orElseThrow().id();
  }

  @Test
  void anAccountIsAskedForApprovedAndUsed() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    HttpResponse<String> asked = asks(browser, "dr-li", PASSWORD);
    assertThat(asked.statusCode()).isEqualTo(303);
    assertThat(browser.get(location(asked)).body()).contains("Your account was asked for.");
    assertThat(browser.signIn("dr-li", PASSWORD).statusCode()).isEqualTo(401);

    assertThat(admin.get("/users").body()).contains("Dr dr-li", "To be approved");
    HttpResponse<String> approved =
        admin.submit("/users/" + id("dr-li") + "/approve", "roles", "PHYSICIAN");
    assertThat(location(approved)).isEqualTo("/users/" + id("dr-li") + "?done=user-approved");
    assertThat(hospital.users.findByLogin("dr-li").orElseThrow().roles())
        .containsExactly(Role.PHYSICIAN);

    assertThat(browser.signIn("dr-li", PASSWORD).statusCode()).isEqualTo(303);
    assertThat(browser.get("/").body())
        .contains("Good day, Dr dr-li", "href=\"/search\"")
        .doesNotContain("href=\"/users\"", "href=\"/audit\"");
    assertThat(hospital.auditedSubtypes()).contains("user-approve:0", "login:0", "register:0");
  }

  @Test
  void withoutMailItSaysSoForAnyLogin() throws Exception {
    for (String login : new String[] {"admin", "nobody-here"}) {
      String asked = "{\"login\":\"" + login + "\"}";
      TestHospital.Reply reply = hospital.post("nobody", "/auth/recover", asked);
      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.problem()).isEqualTo("no-mail");
      HttpResponse<String> page = new TestBrowser(hospital).submit("/recover", "login", login);
      assertThat(page.statusCode()).isEqualTo(409);
      assertThat(page.body()).contains("This MedSeal sends no mail: ask an administrator");
    }
  }

  @Test
  void passwordsThatDifferAreNotSentOnAndTheRestIsNotTypedAgain() throws Exception {
    HttpResponse<String> answer = asks(new TestBrowser(hospital), "dr-typo", PASSWORD + "x");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("role=\"alert\"", "The two passwords are not the same", "value=\"dr-typo\"")
        .doesNotContain(PASSWORD);
    assertThat(hospital.users.findByLogin("dr-typo")).isEmpty();
  }

  @Test
  void aWrongPasswordIsSaidInWordsAndNeverShown() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    HttpResponse<String> answer = browser.signIn("admin", "not the right one");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body())
        .contains("Login name, password or account state is not right", "value=\"admin\"")
        .doesNotContain("not the right one");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
  }

  @Test
  void aDisabledUserIsOutAtOnce() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    asks(browser, "dr-gone", PASSWORD);
    hospital.users.approve(id("dr-gone"));
    browser.signIn("dr-gone", PASSWORD);
    assertThat(browser.get("/me").statusCode()).isEqualTo(200);
    assertThat(admin.submit("/users/" + id("dr-gone") + "/disable").statusCode()).isEqualTo(303);
    assertThat(hospital.users.findByLogin("dr-gone").orElseThrow().state())
        .isEqualTo(UserState.DISABLED);
    assertThat(location(browser.get("/me"))).isEqualTo("/sign-in?next=%2Fme");
  }

  @Test
  void aChangedPasswordHoldsAndTheWrongOldOneIsRefusedOnThePage() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    asks(browser, "dr-new", PASSWORD);
    hospital.users.approve(id("dr-new"));
    browser.signIn("dr-new", PASSWORD);
    HttpResponse<String> wrong = changes(browser, "something else entirely");
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(wrong.body()).contains("The password is not right", "Your account");
    HttpResponse<String> changed = changes(browser, PASSWORD);
    assertThat(browser.get(location(changed)).body()).contains("Your password is changed.");
    assertThat(new TestBrowser(hospital).signIn("dr-new", PASSWORD + " new").statusCode())
        .isEqualTo(303);
  }

  private static HttpResponse<String> changes(TestBrowser browser, String old) throws Exception {
    return browser.submit(
        "/me/password",
        "oldPassword",
        old,
        "newPassword",
        PASSWORD + " new",
        "again",
        PASSWORD + " new");
  }

  @Test
  void theAuditTrailIsReadInWordsAndTakenAwayAsItIs() throws Exception {
    HttpResponse<String> page = admin.get("/audit?action=login&since=2020-01-01");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Sign-in", "<time datetime=");
    HttpResponse<String> export = admin.get("/audit/export?since=2020-01-01");
    assertThat(export.statusCode()).isEqualTo(200);
    assertThat(export.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment; filename=");
    assertThat(Json.MAPPER.readTree(export.body()).path("resourceType").asText())
        .isEqualTo("Bundle");
    assertThat(admin.get("/audit?since=yesterday").statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsToBeSaidAfterAFormIsNotForOthersToChoose() throws Exception {
    assertThat(admin.get("/me?done=user-approved").body()).contains("The user is approved.");
    assertThat(admin.get("/me?done=Call+0800").body())
        .doesNotContain("0800</p>", "role=\"status\"");
  }
}
