package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.pages.site.AllPages;
import org.medseal.users.Role;

/** Hostile words in whatever a page of people shows, and bodies that are no form. */
class PageWordsTest {
  private static final String HOSTILE = "\"'><i id=evil onclick=x>{{7*1861}}${7*1861}&lt;</title>";
  private static @TempDir Path folder;
  private static TestConsortium consortium;
  private static TestHospital hospital;
  private static final Map<Role, TestBrowser> BROWSERS = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 1);
    hospital = new TestHospital(consortium, "hospital-1", folder);
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

  @Test
  void noPageStandsTwice() {
    assertThat(AllPages.list())
        .extracting(page -> page.method() + " " + page.path())
        .doesNotHaveDuplicates();
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
