package org.medseal.admin;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps cookies and sends forms as a browser does; follows no redirect by itself. */
final class TestBrowser {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]*)\"");
  private final HttpClient client;
  private final String origin;
  final Map<String, String> cookies = new TreeMap<>();
  private String csrf = "";

  TestBrowser(TestHospital hospital) {
    client = hospital.client();
    origin = hospital.origin();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(request(path, headers).GET().build());
  }

  /** As the last page's form would, with its CSRF token. */
  HttpResponse<String> submit(String path, String... namesAndValues) throws Exception {
    return post(
        path, form(csrf, namesAndValues), "Origin", origin, "Sec-Fetch-Site", "same-origin");
  }

  HttpResponse<String> post(String path, String form, String... headers) throws Exception {
    return send(
        request(path, headers)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  HttpResponse<String> signIn(String login, String password) throws Exception {
    HttpResponse<String> answer = submit("/sign-in", "login", login, "password", password);
    if (answer.statusCode() == 303) {
      get("/");
    }
    return answer;
  }

  String csrf() {
    return csrf;
  }

  static String form(String csrf, String... namesAndValues) {
    List<String> pairs = new ArrayList<>();
    if (!csrf.isEmpty()) {
      pairs.add("csrf=" + csrf);
    }
    for (int i = 0; i < namesAndValues.length; i += 2) {
      pairs.add(encoded(namesAndValues[i]) + "=" + encoded(namesAndValues[i + 1]));
    }
    return String.join("&", pairs);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(Duration.ofSeconds(60))
            .header("Accept", "text/html,application/xhtml+xml");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    if (!cookies.isEmpty()) {
      List<String> pairs = new ArrayList<>();
      cookies.forEach((name, value) -> pairs.add(name + "=" + value));
      request.header("Cookie", String.join("; ", pairs));
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    for (String cookie : response.headers().allValues("Set-Cookie")) {
      String[] pair = cookie.split(";", 2)[0].split("=", 2);
      if (pair[1].isEmpty()) {
        cookies.remove(pair[0]);
      } else {
        cookies.put(pair[0], pair[1]);
      }
    }
    Matcher matcher = CSRF.matcher(response.body());
    if (matcher.find()) {
      csrf = matcher.group(1);
    }
    return response;
  }
}
