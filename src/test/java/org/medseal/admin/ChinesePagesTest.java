package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medseal.pages.Audience;
import org.medseal.pages.Page;
import org.medseal.pages.site.AllPages;
import org.medseal.users.Role;

/** Whoever reads Chinese reads nothing of the node's in English. */
class ChinesePagesTest extends AtOneHospital {
  private static final Pattern FOREIGN = Pattern.compile("<[a-z]+[^>]* lang=\"en\"[^>]*>([^<]*)<");

  /** Three words of Latin letters in a row, as sentences have them and codes and names do not. */
  private static final Pattern ENGLISH = Pattern.compile("\\b[A-Za-z']+ [a-z']+ [a-z']+\\b");

  /** Each language is named in itself. */
  private static final String LANGUAGE = "English";

  private static final String ID = "00000000-0000-0000-0000-000000000000";
  private static final Map<Role, TestBrowser> BROWSERS = new EnumMap<>(Role.class);

  @BeforeAll
  static void signIn() throws Exception {
    for (Role role : Role.values()) {
      String login = role.name().toLowerCase(Locale.ROOT);
      TestBrowser browser = chinese();
      browser.signIn(login, TestHospital.password(login));
      BROWSERS.put(role, browser);
    }
  }

  private static TestBrowser chinese() throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    browser.submit("/preferences", "language", "zh", "next", "/");
    return browser;
  }

  private static TestBrowser browser(Page page) throws Exception {
    if (page.audience() instanceof Audience.Everybody) {
      return chinese();
    }
    return page.audience() instanceof Audience.AnyOf anyOf
        ? BROWSERS.get(anyOf.roles().iterator().next())
        : BROWSERS.get(Role.PHYSICIAN);
  }

  private static String path(Page page) {
    return page.path().replaceAll("\\{(h|height)}", "1").replaceAll("\\{[A-Za-z]+}", ID);
  }

  /** What a visitor reads; names and codes of the node in code and mono stay as they are. */
  private static String words(HttpResponse<String> page) {
    return page.body()
        .replaceAll("(?s)<head>.*?</head>", " ")
        .replaceAll("(?s)<(code|pre)[^>]*>.*?</\\1>", " ")
        .replaceAll("<[^>]*>", " ");
  }

  private static List<String> faults(HttpResponse<String> page) {
    List<String> faults = new ArrayList<>();
    if (page.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
      String what = page.statusCode() + " " + page.uri().getPath() + ": ";
      FOREIGN
          .matcher(page.body())
          .results()
          .filter(each -> !each.group(1).isBlank() && !each.group(1).equals(LANGUAGE))
          .forEach(each -> faults.add(what + each.group(1).strip()));
      ENGLISH.matcher(words(page)).results().forEach(each -> faults.add(what + each.group()));
    }
    return faults;
  }

  @Test
  void noPageSaysAnEnglishSentence() throws Exception {
    List<String> faults = new ArrayList<>();
    int pages = 0;
    for (Page page : AllPages.list()) {
      if (page.method().equals("GET")) {
        HttpResponse<String> answer = browser(page).get(path(page));
        pages += answer.body().contains("lang=\"zh") ? 1 : 0;
        faults.addAll(faults(answer));
      }
    }
    assertThat(pages).isGreaterThan(20);
    assertThat(faults).isEmpty();
  }

  @Test
  void noRefusedFormSaysAnEnglishSentence() throws Exception {
    List<String> faults = new ArrayList<>();
    int refused = 0;
    for (Page page : AllPages.list()) {
      if (page.method().equals("POST") && !page.path().equals("/sign-out")) {
        HttpResponse<String> answer = browser(page).submit(path(page));
        refused += answer.statusCode() >= 400 ? 1 : 0;
        faults.addAll(faults(answer));
      }
    }
    assertThat(refused).isGreaterThan(15);
    assertThat(faults).isEmpty();
  }

  @Test
  void aFormMistypedIsRefusedInChineseWithWhatToDo() throws Exception {
    TestBrowser nobody = chinese();
    HttpResponse<String> weak =
        nobody.submit(
            "/sign-up",
            "login",
            "dr-zh",
            "displayName",
            "李",
            "password",
            "short",
            "again",
            "short");
    assertThat(weak.statusCode()).isEqualTo(400);
    assertThat(weak.body()).contains("密码长度应为 12 至 256 个字符。").doesNotContain("A password has");
    HttpResponse<String> name =
        nobody.submit(
            "/sign-up",
            "login",
            "李医生",
            "displayName",
            "李",
            "password",
            "a long enough password",
            "again",
            "a long enough password");
    assertThat(name.body()).contains("用户名为 2 至 64 个小写字母");
    assertThat(faults(weak)).isEmpty();
    assertThat(faults(name)).isEmpty();
  }
}
