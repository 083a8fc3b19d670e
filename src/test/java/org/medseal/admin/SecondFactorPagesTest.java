package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.medseal.users.AppCodes;
import org.medseal.users.Role;

/** A second factor by pages alone, what is mistyped on the way included. */
class SecondFactorPagesTest extends AtOneHospital {
  private static final Pattern SECRET = Pattern.compile("name=\"secret\" value=\"([A-Z2-7]+)\"");
  private static final Pattern ADDRESS = Pattern.compile("name=\"uri\" value=\"([^\"]+)\"");
  private static final Pattern SPARE = Pattern.compile("<li><code>([A-Z2-7-]+)</code></li>");

  private static TestBrowser signedIn(String login) throws Exception {
    hospital.has(login, Role.PHYSICIAN);
    TestBrowser browser = new TestBrowser(hospital);
    assertThat(browser.signIn(login, TestHospital.password(login)).statusCode()).isEqualTo(303);
    assertThat(browser.get("/me").body()).contains("action=\"/me/totp\"");
    return browser;
  }

  private static String found(Pattern pattern, HttpResponse<String> page) {
    Matcher matcher = pattern.matcher(page.body());
    assertThat(matcher.find()).as(pattern + " on " + page.uri()).isTrue();
    return matcher.group(1).replace("&amp;", "&");
  }

  private static HttpResponse<String> begins(TestBrowser browser, String login) throws Exception {
    HttpResponse<String> begun =
        browser.submit("/me/totp", "password", TestHospital.password(login));
    assertThat(begun.statusCode()).isEqualTo(200);
    return begun;
  }

  private static HttpResponse<String> proves(
      TestBrowser browser, HttpResponse<String> begun, String code) throws Exception {
    return browser.submit(
        "/me/totp/confirm",
        "secret",
        found(SECRET, begun),
        "uri",
        found(ADDRESS, begun),
        "totp",
        code);
  }

  @Test
  void itIsSetUpWithThePasswordProvenByACodeAndTakenAwayWithThePassword() throws Exception {
    TestBrowser browser = signedIn("dr-tp");
    HttpResponse<String> begun = begins(browser, "dr-tp");
    AppCodes app = new AppCodes(found(SECRET, begun));
    String code = app.now();
    HttpResponse<String> on =
        proves(browser, begun, code.substring(0, 3) + " " + code.substring(3));
    assertThat(on.statusCode()).isEqualTo(200);
    assertThat(SPARE.matcher(on.body()).results()).hasSize(10);
    assertThat(browser.get("/me").body())
        .contains("Recovery codes left: 10.", "action=\"/me/totp/remove\"")
        .doesNotContain("action=\"/me/totp\"");
    HttpResponse<String> twice =
        browser.submit("/me/totp", "password", TestHospital.password("dr-tp"));
    assertThat(twice.statusCode()).isEqualTo(409);
    assertThat(twice.body()).contains("A second factor is set up already");

    HttpResponse<String> wrong = browser.submit("/me/totp/remove", "password", "not it at all");
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(wrong.body()).contains("The password is not right", "/me/totp/remove");
    HttpResponse<String> removed =
        browser.submit("/me/totp/remove", "password", TestHospital.password("dr-tp"));
    assertThat(removed.headers().firstValue("Location")).contains("/me?done=totp-removed");
    assertThat(browser.get("/me").body()).contains("action=\"/me/totp\"");
  }

  @Test
  void withoutThePasswordThereIsNoSecretOnThePage() throws Exception {
    TestBrowser browser = signedIn("dr-np");
    for (String[] typed : new String[][] {{}, {"password", "not it at all"}}) {
      HttpResponse<String> refused = browser.submit("/me/totp", typed);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body())
          .contains("role=\"alert\"", "The password is not right", "Your account")
          .doesNotContain("otpauth", "name=\"secret\"");
    }
  }

  @Test
  void aMistypedCodeLeavesTheSameSecretToTryAgain() throws Exception {
    TestBrowser browser = signedIn("dr-mi");
    HttpResponse<String> begun = begins(browser, "dr-mi");
    HttpResponse<String> refused = proves(browser, begun, "nonono");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("role=\"alert\"", "The code is not right");
    assertThat(found(SECRET, refused)).isEqualTo(found(SECRET, begun));
    HttpResponse<String> on = proves(browser, refused, new AppCodes(found(SECRET, refused)).now());
    assertThat(on.statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsNoSecondFactorsAddressIsNotDrawn() throws Exception {
    TestBrowser browser = signedIn("dr-ad");
    HttpResponse<String> begun = begins(browser, "dr-ad");
    for (String address :
        new String[] {"", "https://evil.example", "otpauth://totp/" + "x".repeat(600)}) {
      HttpResponse<String> answer =
          browser.submit(
              "/me/totp/confirm", "secret", found(SECRET, begun), "uri", address, "totp", "nonono");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body())
          .contains("The code is not right", "Your account")
          .doesNotContain("evil.example", "<svg class=\"qr\"");
    }
  }

  @Test
  void nothingIsConfirmedThatWasNotBegun() throws Exception {
    TestBrowser browser = signedIn("dr-no");
    HttpResponse<String> answer = browser.submit("/me/totp/confirm", "totp", "123456");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("No second factor waits to be confirmed.");
  }
}
