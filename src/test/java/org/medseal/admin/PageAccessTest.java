package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.pages.Audience;
import org.medseal.pages.Page;
import org.medseal.pages.site.Site;
import org.medseal.users.Role;
import org.medseal.users.User;

/** Every page by every role and by nobody; and hostile words in whatever a page shows. */
class PageAccessTest {
  private static final String HOSTILE = "\"'><i id=evil onclick=x>{{7*1861}}${7*1861}&lt;</title>";
  private static @TempDir Path folder;
  private static TestConsortium consortium;
  private static TestHospital hospital;
  private static List<Page> pages;
  private static final Map<Role, TestBrowser> BROWSERS = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 1);
    hospital = new TestHospital(consortium, "hospital-1", folder);
    pages =
        new Site(new Site.Means(token -> Optional.empty(), token -> null), "h", ZoneOffset.UTC)
            .pages();
    hospital.has("admin", Role.ADMIN);
    for (Role role : Role.values()) {
      String login = role.name().toLowerCase(Locale.ROOT);
      if (role != Role.ADMIN) {
        hospital.has(login, role);
      }
      TestBrowser browser = new TestBrowser(hospital);
      browser.signIn(login, TestHospital.password(login));
      BROWSERS.put(role, browser);
    }
  }

  @AfterAll
  static void stop() {
    hospital.close();
    consortium.close();
  }

  private static String path(Page page) {
    return page.path().replaceAll("\\{[^}]*}", "1");
  }

  private static List<Page> guarded(String method) {
    return pages.stream()
        .filter(page -> page.method().equals(method))
        .filter(page -> !(page.audience() instanceof Audience.Everybody))
        .toList();
  }

  @Test
  void noPageStandsTwice() {
    assertThat(pages).extracting(page -> page.method() + " " + page.path()).doesNotHaveDuplicates();
  }

  @Test
  void nobodyIsSentToSignInFromEveryPageAndNoFormOfTheirsIsTaken() throws Exception {
    TestBrowser nobody = new TestBrowser(hospital);
    for (Page page : guarded("GET")) {
      HttpResponse<String> answer = nobody.get(path(page));
      assertThat(answer.statusCode()).as(page.path()).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location").orElse("")).startsWith("/sign-in");
    }
    for (Page page : guarded("POST")) {
      HttpResponse<String> answer = nobody.submit(path(page));
      assertThat(answer.statusCode()).as(page.path()).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location")).contains("/sign-in");
    }
  }

  @Test
  void everyRoleGetsThePagesMeantForItAndIsToldOfTheOthers() throws Exception {
    for (Page page : guarded("GET")) {
      for (Role role : Role.values()) {
        User user = hospital.users.findByLogin(role.name().toLowerCase(Locale.ROOT)).orElseThrow();
        int status = BROWSERS.get(role).get(path(page)).statusCode();
        String who = role + " at " + page.path();
        if (page.audience().admits(user)) {
          assertThat(status).as(who).isNotIn(401, 403).isLessThan(500);
        } else {
          assertThat(status).as(who).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void everyFormNeedsItsToken() throws Exception {
    for (Page page : guarded("POST")) {
      HttpResponse<String> refused =
          BROWSERS.get(Role.ADMIN).post(path(page), "", "Origin", hospital.origin());
      assertThat(refused.statusCode()).as(page.path()).isEqualTo(403);
    }
  }

  @Test
  void noFormIsForAnybodyFromAnotherSite() throws Exception {
    for (Page page : pages) {
      if (page.method().equals("POST")) {
        TestBrowser browser = BROWSERS.get(Role.ADMIN);
        String form = TestBrowser.form(browser.csrf());
        assertThat(browser.post(path(page), form, "Sec-Fetch-Site", "cross-site").statusCode())
            .as(page.path())
            .isEqualTo(403);
      }
    }
  }

  @Test
  void hostileWordsAreShownAsWords() throws Exception {
    hospital.users.register("hostile", "a long enough password", HOSTILE);
    String id = hospital.users.findByLogin("hostile").orElseThrow().id();
    hospital.users.approve(id);
    TestBrowser own = new TestBrowser(hospital);
    own.signIn("hostile", "a long enough password");
    TestBrowser admin = BROWSERS.get(Role.ADMIN);
    TestBrowser auditor = BROWSERS.get(Role.AUDITOR);
    TestBrowser nobody = new TestBrowser(hospital);
    String query = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);
    for (HttpResponse<String> page :
        List.of(
            own.get("/"),
            own.get("/me"),
            admin.get("/users"),
            admin.get("/users/" + id),
            admin.get("/users?q=" + query + "&state=" + query),
            auditor.get("/audit?agent=" + query + "&action=" + query + "&since=" + query),
            nobody.get("/sign-in?next=" + query + "&done=" + query),
            nobody.get("/recover?code=" + query),
            nobody.submit("/sign-in", "login", HOSTILE, "password", HOSTILE, "next", HOSTILE),
            nobody.submit("/recover", "login", HOSTILE),
            nobody.submit("/recover/confirm", "code", HOSTILE, "password", "a", "again", "b"),
            nobody.submit(
                "/sign-up",
                "login",
                HOSTILE,
                "displayName",
                HOSTILE,
                "password",
                "a",
                "again",
                "b",
                "email",
                HOSTILE,
                "licenceNumber",
                HOSTILE),
            nobody.get("/" + query),
            nobody.get("/sign-in", "Accept-Language", "x\"><i id=evil>"))) {
      assertThat(page.body().replaceAll("=\"[^\"]*\"", ""))
          .as(page.uri().toString())
          .doesNotContain("<i id=evil", "onclick=x>", "13027");
    }
    assertThat(own.get("/me").body()).contains("&lt;i id=evil");
  }

  @Test
  void aBodyAboveTheLimitAndAFormThatIsNoneAreRefusedInWords() throws Exception {
    TestBrowser nobody = new TestBrowser(hospital);
    HttpResponse<String> large =
        nobody.post("/sign-in", "login=" + "a".repeat(300_000), "Origin", hospital.origin());
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(large.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(nobody.post("/sign-in", "login=%zz", "Origin", hospital.origin()).statusCode())
        .isEqualTo(400);
  }
}
