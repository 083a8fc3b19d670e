package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageCalls;
import org.medseal.pages.PageRequest;
import org.medseal.pages.Preferences;
import org.medseal.pages.site.Site;
import org.medseal.users.Csrf;
import org.medseal.users.Profile;
import org.medseal.users.Role;
import org.medseal.users.RoleKeys;
import org.medseal.users.Session;
import org.medseal.users.User;
import org.medseal.users.UserState;

/** The area's pages over calls that answer what a test wants. */
final class ShownPages {
  private static final String TOKEN = "t".repeat(43);
  private static final JsonMapper MAPPER = new JsonMapper();

  final Map<String, CallReply> replies = new TreeMap<>();
  final List<String> made = new ArrayList<>();
  private final Map<String, String> cookies = new HashMap<>();
  private final Site site;

  ShownPages(Role... roles) {
    Profile profile = new Profile("Op Erator", "", "");
    User user = new User("u-1", "ops", profile, UserState.ACTIVE, Set.of(roles), Instant.EPOCH);
    site =
        new Site(
            new Site.Means(
                (token, used) -> Optional.of(new Session("s", user, RoleKeys.none())),
                (token, used) -> calls(),
                (page, token, problem) -> {}),
            "hospital-1",
            ZoneOffset.UTC);
    samples().properties().forEach(each -> says(each.getKey(), each.getValue()));
    says("GET /feeds/{id}/series", series(false));
    says("GET /ledger/series", series(true));
  }

  private static JsonNode samples() {
    try (InputStream in = ShownPages.class.getResourceAsStream("/pages/operations.json")) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An hour before this moment with a gap in it. */
  private static ObjectNode series(boolean ledger) {
    ObjectNode node = MAPPER.createObjectNode();
    ArrayNode points = node.putArray("points");
    Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    for (int ago = 60; ago > 0; ago--) {
      if (ago < 24 && ago > 19) {
        continue;
      }
      double wave = 1 + Math.sin(ago / 7.0);
      ObjectNode point = points.addObject().put("at", now.minusSeconds(60L * ago).toString());
      if (ledger) {
        point
            .put("queue", Math.round(40 * wave * wave))
            .put("transactions", Math.round(300 * wave));
        long p50 = Math.round(350 + 120 * wave);
        point
            .putObject("commitLatencyMs")
            .put("p50", p50)
            .put("p95", p50 * 3)
            .put("largest", p50 * 5);
        point.putObject("blockIntervalMs").put("p50", p50 / 2).put("p95", p50).put("largest", p50);
      } else {
        point.put("received", Math.round(60 * wave));
      }
    }
    return node;
  }

  void says(String call, JsonNode answer) {
    replies.put(
        call,
        new CallReply(
            200,
            "application/json",
            answer.toString().getBytes(StandardCharsets.UTF_8),
            Optional.empty()));
  }

  void refuses(String call, int status, String name, String detail) {
    ObjectNode problem =
        MAPPER
            .createObjectNode()
            .put("type", "urn:medseal:problem:" + name)
            .put("status", status)
            .put("detail", detail);
    replies.put(
        call,
        new CallReply(
            status,
            "application/problem+json",
            problem.toString().getBytes(StandardCharsets.UTF_8),
            Optional.empty()));
  }

  void answers(String call, int status, String mediaType, byte[] body) {
    replies.put(call, new CallReply(status, mediaType, body, Optional.empty()));
  }

  JsonNode sample(String call) {
    return samples().path(call).deepCopy();
  }

  void speaks(String language, String theme) {
    cookies.put(Preferences.LANGUAGE_COOKIE, language);
    cookies.put(Preferences.THEME_COOKIE, theme);
  }

  PageAnswer get(String target) {
    return serve("GET", target, Map.of(), false);
  }

  /** As htmx asks. */
  PageAnswer part(String target) {
    return serve("GET", target, Map.of(), true);
  }

  PageAnswer post(String target, String... namesAndValues) {
    Map<String, List<String>> form = new HashMap<>();
    form.put("csrf", List.of(Csrf.of(TOKEN)));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.computeIfAbsent(namesAndValues[i], any -> new ArrayList<>()).add(namesAndValues[i + 1]);
    }
    return serve("POST", target, form, false);
  }

  static String text(PageAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  Site site() {
    return site;
  }

  private PageAnswer serve(
      String method, String target, Map<String, List<String>> form, boolean part) {
    String path = target.split("\\?", 2)[0];
    for (Page page : sorted()) {
      Matcher matcher = Pattern.compile(pattern(page.path())).matcher(path);
      if (page.method().equals(method) && matcher.matches()) {
        PageRequest request =
            new PageRequest(
                target,
                values(page.path(), matcher),
                query(target),
                form,
                cookies,
                Preferences.of(cookies, "en"),
                part);
        return site.serve(page, new Site.Incoming(request, TOKEN, true)).answer();
      }
    }
    throw new AssertionError("no page at " + method + " " + path);
  }

  private static List<Page> sorted() {
    return new OperationsPages().pages().stream().sorted(Comparator.comparing(Page::path)).toList();
  }

  private static String pattern(String path) {
    return path.replaceAll("\\{[A-Za-z]+}", "([^/]+)");
  }

  private static Map<String, String> values(String path, Matcher matched) {
    Map<String, String> values = new HashMap<>();
    Matcher names = Pattern.compile("\\{([A-Za-z]+)}").matcher(path);
    for (int i = 1; names.find(); i++) {
      values.put(names.group(1), matched.group(i));
    }
    return values;
  }

  private static Map<String, List<String>> query(String target) {
    Map<String, List<String>> query = new HashMap<>();
    if (target.contains("?")) {
      for (String pair : target.split("\\?", 2)[1].split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query
            .computeIfAbsent(parts[0], any -> new ArrayList<>())
            .add(URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private PageCalls calls() {
    return new PageCalls() {
      @Override
      public CallReply call(String method, CallTarget target, JsonNode body) {
        made.add(
            method
                + " "
                + target.template()
                + " "
                + String.join(",", target.values())
                + new TreeMap<>(target.query())
                + (body.isObject() ? body : ""));
        CallReply reply = replies.get(method + " " + target.template());
        if (reply == null) {
          throw new AssertionError("an unexpected call: " + method + " " + target.template());
        }
        return reply;
      }
    };
  }
}
