package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.pages.SessionCookie;
import org.medseal.users.Role;

/** What holds for all pages at the HTTP edge. */
class PageRulesTest {
  private static @TempDir Path folder;
  private static TestConsortium consortium;
  private static TestHospital hospital;

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 1);
    hospital = new TestHospital(consortium, "hospital-1", folder);
    hospital.has("admin", Role.ADMIN);
    hospital.has("physician", Role.PHYSICIAN);
  }

  @AfterAll
  static void stop() {
    hospital.close();
    consortium.close();
  }

  private static TestBrowser signedIn(String login) throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    assertThat(browser.signIn(login, TestHospital.password(login)).statusCode()).isEqualTo(303);
    return browser;
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  @Test
  void whoIsNotSignedInIsSentToSignInAndBack() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    HttpResponse<String> home = browser.get("/");
    assertThat(home.statusCode()).isEqualTo(303);
    assertThat(location(home)).isEqualTo("/sign-in");
    HttpResponse<String> signIn = browser.get("/sign-in?next=%2Fme");
    assertThat(signIn.statusCode()).isEqualTo(200);
    assertThat(signIn.body()).contains("name=\"next\" value=\"/me\"");
  }

  @Test
  void whoAsksForAPathTooLongToComeBackToSignsInWithout() throws Exception {
    HttpResponse<String> answer =
        new TestBrowser(hospital).get("/requests?after=" + "%41".repeat(600));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).isEqualTo("/sign-in");
  }

  @Test
  void theSessionCookieIsOutOfReachOfScriptsAndOtherSites() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    HttpResponse<String> answer = browser.signIn("physician", TestHospital.password("physician"));
    List<String> cookies = answer.headers().allValues("Set-Cookie");
    assertThat(cookies).hasSize(1);
    assertThat(cookies.get(0))
        .startsWith(SessionCookie.NAME + "=")
        .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict")
        .doesNotContain("Domain", "Max-Age");
    assertThat(browser.get("/").body()).contains("physician");
  }

  @Test
  void everyLoginHasATokenOfItsOwnAndEndsTheSessionBefore() throws Exception {
    TestBrowser browser = signedIn("physician");
    String before = browser.cookies.get(SessionCookie.NAME);
    browser.signIn("physician", TestHospital.password("physician"));
    assertThat(browser.cookies.get(SessionCookie.NAME)).isNotEqualTo(before);
    assertThat(hospital.call(before, "GET", "/api/v1/me", "").status()).isEqualTo(401);
  }

  @Test
  void aTokenPlantedBeforeTheLoginIsNotTaken() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    String planted = "A".repeat(43);
    browser.cookies.put(SessionCookie.NAME, planted);
    browser.signIn("physician", TestHospital.password("physician"));
    assertThat(browser.cookies.get(SessionCookie.NAME)).isNotEqualTo(planted);
    assertThat(hospital.call(planted, "GET", "/api/v1/me", "").status()).isEqualTo(401);
  }

  @Test
  void aFormWithoutOrWithAWrongTokenChangesNothing() throws Exception {
    TestBrowser browser = signedIn("physician");
    String other = signedIn("admin").csrf();
    for (String csrf : List.of("", "x", other)) {
      HttpResponse<String> refused =
          browser.post("/sign-out", TestBrowser.form(csrf), "Origin", hospital.origin());
      assertThat(refused.statusCode()).isEqualTo(403);
    }
    assertThat(browser.get("/").statusCode()).isEqualTo(200);
    assertThat(browser.submit("/sign-out").statusCode()).isEqualTo(303);
    assertThat(browser.get("/").statusCode()).isEqualTo(303);
  }

  @Test
  void aFormFromAnotherSiteIsRefusedEvenWithTheRightToken() throws Exception {
    TestBrowser browser = signedIn("physician");
    String form = TestBrowser.form(browser.csrf());
    String[][] foreign = {
      {},
      {"Origin", "https://evil.example"},
      {"Origin", "null"},
      {"Sec-Fetch-Site", "cross-site"},
      {"Sec-Fetch-Site", "same-site"},
      {"Sec-Fetch-Site", "cross-site", "Origin", hospital.origin()}
    };
    for (String[] headers : foreign) {
      assertThat(browser.post("/sign-out", form, headers).statusCode()).isEqualTo(403);
    }
    assertThat(browser.get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void nobodyIsSignedInFromAnotherSite() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    String form =
        TestBrowser.form("", "login", "physician", "password", TestHospital.password("physician"));
    HttpResponse<String> answer = browser.post("/sign-in", form, "Origin", "https://evil.example");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  void signingInLeadsNowhereButIntoThisSite() throws Exception {
    for (String next :
        List.of(
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "/x\r\nSet-Cookie: a=b",
            "")) {
      TestBrowser browser = new TestBrowser(hospital);
      HttpResponse<String> answer =
          browser.submit(
              "/sign-in",
              "next",
              next,
              "login",
              "physician",
              "password",
              TestHospital.password("physician"));
      assertThat(answer.statusCode()).as(next).isEqualTo(303);
      assertThat(location(answer)).as(next).isEqualTo("/");
    }
  }

  @Test
  void pagesHaveTheHeadersThatLetABrowserRunNothingForeign() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    for (String path : List.of("/sign-in", "/nowhere", "/")) {
      var headers = browser.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy")).contains(PageRoutes.POLICY);
      assertThat(headers.firstValue("Cache-Control")).contains("no-store");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
      assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
    }
    assertThat(PageRoutes.POLICY).contains("default-src 'none'").doesNotContain("unsafe", "*");
  }

  @Test
  void whatAPageHoldsIsThereAndStaysAsItIs() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    var found =
        Pattern.compile("\"(/assets/[^\"]+)\"")
            .matcher(browser.get("/sign-in").body())
            .results()
            .map(each -> each.group(1))
            .toList();
    assertThat(found).hasSize(3);
    for (String path : found) {
      HttpResponse<String> asset = browser.get(path);
      assertThat(asset.statusCode()).as(path).isEqualTo(200);
      assertThat(asset.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
    }
    assertThat(browser.get("/assets/0000000000000000/medseal.css").statusCode()).isEqualTo(404);
    assertThat(browser.get("/assets/..%2Fmedseal.css/x").statusCode()).isEqualTo(404);
  }

  @Test
  void hostileTextComesBackAsText() throws Exception {
    String hostile = "\"><script>alert(1)</script>'${7*7}";
    TestBrowser browser = new TestBrowser(hospital);
    HttpResponse<String> answer = browser.submit("/sign-in", "login", hostile, "password", "x");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain("<script>alert").contains("&lt;script>alert");
  }

  @Test
  void theApiTakesTheCookieForReadingAndForWritingOnlyWithTheToken() throws Exception {
    TestBrowser browser = signedIn("physician");
    assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
    String own = hospital.origin();
    assertThat(browser.post("/api/v1/auth/logout", "", "Origin", own).statusCode()).isEqualTo(403);
    assertThat(
            browser
                .post(
                    "/api/v1/auth/logout",
                    "",
                    "Origin",
                    "https://evil.example",
                    "X-CSRF-Token",
                    browser.csrf())
                .statusCode())
        .isEqualTo(403);
    assertThat(
            browser
                .post("/api/v1/auth/logout", "", "Origin", own, "X-CSRF-Token", browser.csrf())
                .statusCode())
        .isEqualTo(204);
  }

  @Test
  void aProblemIsAPageForAPersonAndADocumentForAProgram() throws Exception {
    HttpResponse<String> page = new TestBrowser(hospital).get("/nowhere");
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(hospital.call("", "GET", "/nowhere", "").mediaType())
        .isEqualTo("application/problem+json");
  }

  @Test
  void pagesSpeakTheLanguageAskedForAndTheOneChosen() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    assertThat(browser.get("/sign-in", "Accept-Language", "zh-CN,zh;q=0.9,en;q=0.8").body())
        .contains("lang=\"zh-Hans\"", "登录");
    assertThat(browser.get("/sign-in", "Accept-Language", "fr;q=1").body()).contains("lang=\"en\"");
    assertThat(browser.submit("/preferences", "language", "zh", "theme", "dark").statusCode())
        .isEqualTo(303);
    assertThat(browser.get("/sign-in", "Accept-Language", "en").body())
        .contains("lang=\"zh-Hans\"", "data-theme=\"dark\"");
  }
}
