package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.pages.Audience;
import org.medseal.pages.Page;
import org.medseal.pages.SessionCookie;
import org.medseal.pages.site.AllPages;
import org.medseal.users.Role;

/** Empty, hostile and unasked forms and parameters, at every page the site serves. */
class HostileFormsTest {
  private static final String ID = "ab".repeat(32);
  private static final String HOSTILE =
      "\"><script>alert('Zhenzhuxiang')</script>' OR 1=1 --${7*7}";
  private static final List<String> PARAMETERS =
      List.of(
          "q",
          "state",
          "role",
          "after",
          "limit",
          "id",
          "txId",
          "feed",
          "done",
          "since",
          "until",
          "agent",
          "action",
          "entity",
          "outcome",
          "height",
          "from",
          "before",
          "authority",
          "sort");

  private static @TempDir Path folder;
  private static TestConsortium consortium;
  private static TestHospital hospital;
  private static final Map<Role, TestBrowser> BROWSERS = new EnumMap<>(Role.class);

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 1);
    hospital = new TestHospital(consortium, "hospital-1", folder);
    for (Role role : List.of(Role.ADMIN, Role.PHYSICIAN, Role.OPERATOR, Role.AUDITOR)) {
      hospital.has(login(role), role);
      BROWSERS.put(role, new TestBrowser(hospital));
    }
  }

  @AfterAll
  static void stop() {
    hospital.close();
    consortium.close();
  }

  private static String login(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static List<Page> pages(String method) {
    return AllPages.list().stream().filter(page -> page.method().equals(method)).toList();
  }

  private static boolean admits(Page page, Role role) {
    return !(page.audience() instanceof Audience.AnyOf anyOf) || anyOf.roles().contains(role);
  }

  private static String path(Page page) {
    return page.path().replaceAll("\\{(h|height)}", "1").replaceAll("\\{[A-Za-z]+}", ID);
  }

  /** In a session that goes on: some forms end it. */
  private static TestBrowser browser(Role role) throws Exception {
    TestBrowser browser = BROWSERS.get(role);
    if (!browser.cookies.containsKey(SessionCookie.NAME) || browser.get("/").statusCode() != 200) {
      assertThat(browser.signIn(login(role), TestHospital.password(login(role))).statusCode())
          .isEqualTo(303);
    }
    return browser;
  }

  @Test
  void noFormIsTakenFromAnotherRole() throws Exception {
    for (Page page : pages("POST")) {
      for (Role role : Role.values()) {
        if (!admits(page, role)) {
          int status = browser(role).submit(path(page)).statusCode();
          assertThat(status).as(role + " " + page.path()).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void anEmptyOrHostileFormIsRefusedInWords() throws Exception {
    for (Page page : pages("POST")) {
      for (Role role : Role.values()) {
        if (!admits(page, role)) {
          continue;
        }
        String[] fields =
            PARAMETERS.stream().flatMap(name -> Stream.of(name, HOSTILE)).toArray(String[]::new);
        for (String[] sent : new String[][] {{}, fields}) {
          HttpResponse<String> answer = browser(role).submit(path(page), sent);
          String what = role + " " + page.path() + " " + answer.statusCode();
          assertThat(answer.statusCode()).as(what).isLessThan(500);
          assertThat(answer.body()).as(what).doesNotContain("<script>alert");
        }
        break;
      }
    }
  }

  @Test
  void hostileParametersComeBackAsTextOrNotAtAll() throws Exception {
    String query =
        PARAMETERS.stream()
            .map(name -> name + "=" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    for (Page page : pages("GET")) {
      for (Role role : Role.values()) {
        if (admits(page, role)) {
          HttpResponse<String> answer = browser(role).get(path(page) + "?" + query);
          String what = role + " " + page.path();
          assertThat(answer.statusCode()).as(what).isLessThan(500);
          assertThat(answer.body()).as(what).doesNotContain("<script>alert", "Exception");
        }
      }
    }
  }
}
