package org.medseal.admin;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.medseal.pages.SessionCookie;
import org.medseal.users.Csrf;

/** What a request shows of the browser it came from: cookies, and which site sent it. */
final class Browser {
  private Browser() {}

  /** Of the session cookie; empty without one. */
  static String token(HttpServerRequest request) {
    Cookie cookie = request.getCookie(SessionCookie.NAME);
    return cookie == null ? "" : cookie.getValue();
  }

  /**
   * Whether a page of this very site sent it, by the browser's word: Fetch metadata, or an Origin
   * equal to the host asked. What says neither is no browser of today.
   */
  static boolean fromOwnPage(HttpServerRequest request) {
    String site = header(request, "Sec-Fetch-Site");
    String origin = header(request, "Origin");
    boolean siteHolds = site.isEmpty() || site.equals("same-origin");
    boolean originHolds = origin.isEmpty() || origin.equals("https://" + header(request, "Host"));
    return siteHolds && originHolds && !(site.isEmpty() && origin.isEmpty());
  }

  /**
   * What counts as the caller's Authorization: the header; without one, the session cookie's token
   * for a call that changes nothing, or that carries {@code X-CSRF-Token} and comes from an own
   * page. ProblemException 403 {@code cross-site} if it does not.
   */
  static String authorization(HttpServerRequest request) {
    String header = header(request, HttpHeaders.AUTHORIZATION.toString());
    String token = token(request);
    if (!header.isEmpty() || token.isEmpty()) {
      return header;
    }
    boolean reads = request.method().equals(HttpMethod.GET);
    if (!reads && !(fromOwnPage(request) && Csrf.matches(token, header(request, "X-CSRF-Token")))) {
      throw new ProblemException(
          new Problem(
              403,
              "cross-site",
              "Not allowed",
              "With a session cookie, what changes something needs X-CSRF-Token and an own page."));
    }
    return bearer(token);
  }

  static String bearer(String token) {
    return "Bearer " + token;
  }

  static String header(HttpServerRequest request, String name) {
    return Optional.ofNullable(request.getHeader(name)).orElse("");
  }
}
