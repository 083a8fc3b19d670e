package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.pages.SessionCookie;

/** A session in a cookie by the call alone, as a program in a browser asks for it. */
class CookieLoginTest extends AtOneHospital {
  private static final String PHYSICIAN = "physician";

  private static TestHospital.Reply login(ObjectNode body) throws Exception {
    return hospital.call("", "POST", "/api/v1/auth/login", body.toString());
  }

  private static ObjectNode credentials() {
    return Json.object().put("login", PHYSICIAN).put("password", TestHospital.password(PHYSICIAN));
  }

  private static List<String> cookies(HttpResponse<?> answer) {
    return answer.headers().allValues("Set-Cookie");
  }

  private static String value(String setCookie) {
    return setCookie.split(";", 2)[0].substring(SessionCookie.NAME.length() + 1);
  }

  private static HttpResponse<String> call(
      String method, String path, String cookie, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(hospital.origin() + "/api/v1" + path))
            .header("Cookie", SessionCookie.NAME + "=" + cookie)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString("{}"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return hospital.client().send(request.build(), BodyHandlers.ofString());
  }

  private static int sessions(String token) throws Exception {
    return hospital.call(token, "GET", "/api/v1/me/sessions", "").json().path("sessions").size();
  }

  @Test
  void theCookieIsTheOneOfTheSignInPageAndTheTokenIsOutOfReachOfScripts() throws Exception {
    TestHospital.Reply reply = login(credentials().put("cookie", true));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(cookies(reply.response())).hasSize(1);
    String cookie = cookies(reply.response()).get(0);
    TestBrowser browser = new TestBrowser(hospital);
    String signIn = cookies(browser.signIn(PHYSICIAN, TestHospital.password(PHYSICIAN))).get(0);
    assertThat(cookie.replace(value(cookie), "")).isEqualTo(signIn.replace(value(signIn), ""));
    assertThat(cookie).contains("Secure", "HttpOnly", "SameSite=Strict", "Path=/");
    assertThat(reply.json().has("token")).isFalse();
    assertThat(reply.text()).doesNotContain(value(cookie));
    assertThat(reply.json().path("csrfToken").asText()).hasSize(43);
  }

  @Test
  void withTheCookieReadingIsFreeAndChangingTakesTheTokenAndAnOwnPage() throws Exception {
    TestHospital.Reply reply = login(credentials().put("cookie", true));
    String cookie = value(cookies(reply.response()).get(0));
    String csrf = reply.json().path("csrfToken").asText();
    String own = hospital.origin();
    assertThat(call("GET", "/me", cookie).statusCode()).isEqualTo(200);
    assertThat(call("POST", "/auth/logout", cookie, "Origin", own).statusCode()).isEqualTo(403);
    assertThat(call("POST", "/auth/logout", cookie, "X-CSRF-Token", csrf).statusCode())
        .as("from nowhere")
        .isEqualTo(403);
    assertThat(
            call(
                    "POST",
                    "/auth/logout",
                    cookie,
                    "Origin",
                    "https://evil.example",
                    "X-CSRF-Token",
                    csrf)
                .statusCode())
        .isEqualTo(403);
    HttpResponse<String> out =
        call("POST", "/auth/logout", cookie, "Origin", own, "X-CSRF-Token", csrf);
    assertThat(out.statusCode()).isEqualTo(204);
    assertThat(cookies(out)).containsExactly(gone(reply));
    assertThat(call("GET", "/me", cookie).statusCode()).isEqualTo(401);
  }

  /** What makes a browser forget it: nothing in it, no time, and else as it was set. */
  private static String gone(TestHospital.Reply login) {
    String set = cookies(login.response()).get(0);
    return set.replace(value(set), "").replaceFirst(";", "; Max-Age=0;");
  }

  @Test
  void theCookieGoesWithItsSessionAndNoOther() throws Exception {
    TestHospital.Reply reply = login(credentials().put("cookie", true));
    String cookie = value(cookies(reply.response()).get(0));
    String[] page = {
      "Origin", hospital.origin(), "X-CSRF-Token", reply.json().path("csrfToken").asText()
    };
    String other = login(credentials()).json().path("token").asText();
    HttpResponse<String> otherEnded =
        call("DELETE", "/me/sessions/" + session(other), cookie, page);
    assertThat(otherEnded.statusCode()).isEqualTo(204);
    assertThat(cookies(otherEnded)).isEmpty();
    HttpResponse<String> ownEnded = call("DELETE", "/me/sessions/" + session(cookie), cookie, page);
    assertThat(ownEnded.statusCode()).isEqualTo(204);
    assertThat(cookies(ownEnded)).containsExactly(gone(reply));
    String token = login(credentials()).json().path("token").asText();
    TestHospital.Reply out = hospital.call(token, "POST", "/api/v1/auth/logout", "");
    assertThat(out.status()).isEqualTo(204);
    assertThat(cookies(out.response())).as("a program has none").isEmpty();
  }

  private static String session(String token) throws Exception {
    for (JsonNode each :
        hospital.call(token, "GET", "/api/v1/me/sessions", "").json().path("sessions")) {
      if (each.path("current").asBoolean()) {
        return each.path("id").asText();
      }
    }
    throw new AssertionError("no session is the current one");
  }

  @Test
  void pagesTakeTheSameSession() throws Exception {
    TestHospital.Reply reply = login(credentials().put("cookie", true));
    TestBrowser browser = new TestBrowser(hospital);
    browser.cookies.put(SessionCookie.NAME, value(cookies(reply.response()).get(0)));
    assertThat(browser.get("/me").statusCode()).isEqualTo(200);
    assertThat(browser.csrf()).isEqualTo(reply.json().path("csrfToken").asText());
  }

  @Test
  void whoAsksForNoneOrIsRefusedGetsNoCookie() throws Exception {
    for (ObjectNode body : List.of(credentials(), credentials().put("cookie", false))) {
      TestHospital.Reply reply = login(body);
      assertThat(reply.json().path("token").asText()).hasSize(43);
      assertThat(reply.json().has("csrfToken")).isFalse();
      assertThat(cookies(reply.response())).isEmpty();
    }
    TestHospital.Reply wrong =
        login(credentials().put("cookie", true).put("password", "not the right one"));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(cookies(wrong.response())).isEmpty();
    String own = login(credentials()).json().path("token").asText();
    int before = sessions(own);
    TestHospital.Reply odd = login(credentials().put("cookie", "yes"));
    assertThat(odd.status()).isEqualTo(400);
    assertThat(cookies(odd.response())).isEmpty();
    assertThat(sessions(own)).as("none that nobody has the token of").isEqualTo(before);
  }
}
