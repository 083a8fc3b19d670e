package org.medseal.pages.clinical;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.pages.Assets;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Language;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageCalls;
import org.medseal.pages.PageContext;
import org.medseal.pages.PageRequest;
import org.medseal.pages.PageView;
import org.medseal.pages.Preferences;
import org.medseal.pages.Sentences;
import org.medseal.pages.Templates;
import org.medseal.pages.Texts;
import org.medseal.pages.Theme;
import org.medseal.users.Profile;
import org.medseal.users.Role;
import org.medseal.users.User;
import org.medseal.users.UserState;

/** The clinical pages as an administrator sees them, over calls whose answers are given here. */
final class PageSight implements PageCalls {
  private static final Assets ASSETS = Assets.load();
  private static final Templates TEMPLATES = new Templates();
  private static final List<Page> PAGES = new ClinicalPages().pages();

  private final Map<String, CallReply> replies = new HashMap<>();
  final List<Made> made = new ArrayList<>();
  private final Map<String, List<String>> form = new HashMap<>();
  private Language language = Language.EN;
  private Theme theme = Theme.LIGHT;
  private boolean part;

  /** A call that a page made. */
  record Made(String method, CallTarget target, JsonNode body) {}

  PageSight() {
    json("GET /authorities", 200, Fixtures.AUTHORITIES);
    json("GET /requests/{id}", 200, Fixtures.approved());
  }

  PageSight json(String call, int status, String body) {
    String type = status < 400 ? "application/json" : "application/problem+json";
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    replies.put(call, new CallReply(status, type, bytes, Optional.empty()));
    return this;
  }

  PageSight problem(String call, int status, String name) {
    return json(
        call, status, "{\"type\":\"urn:medseal:problem:" + name + "\",\"detail\":\"A detail.\"}");
  }

  PageSight record(String call, String mediaType, byte[] content) {
    return reply(
        call,
        new CallReply(200, mediaType, new byte[0], Optional.of(new ByteArrayInputStream(content))));
  }

  PageSight reply(String call, CallReply reply) {
    replies.put(call, reply);
    return this;
  }

  PageSight field(String name, String... values) {
    form.put(name, List.of(values));
    return this;
  }

  PageSight in(Language other) {
    language = other;
    return this;
  }

  PageSight in(Theme other) {
    theme = other;
    return this;
  }

  PageSight part() {
    part = true;
    return this;
  }

  @Override
  public CallReply call(String method, CallTarget target, JsonNode body) {
    made.add(new Made(method, target, body));
    CallReply reply = replies.get(method + " " + target.template());
    if (reply == null) {
      throw new AssertionError("no answer was given for " + method + " " + target.template());
    }
    return reply;
  }

  PageAnswer get(String target) {
    return serve("GET", target);
  }

  PageAnswer post(String target) {
    return serve("POST", target);
  }

  String html(PageAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private PageAnswer serve(String method, String target) {
    String[] parts = target.split("\\?", 2);
    Map<String, List<String>> query = new HashMap<>();
    for (String pair : parts.length > 1 ? parts[1].split("&") : new String[0]) {
      query.put(pair.split("=", 2)[0], List.of(pair.split("=", 2)[1]));
    }
    for (Page page : PAGES) {
      Optional<Map<String, String>> path = match(page.path(), parts[0]);
      if (page.method().equals(method) && path.isPresent()) {
        PageRequest request =
            new PageRequest(
                target, path.get(), query, form, Map.of(), new Preferences(language, theme), part);
        return page.handling().handle(context(request));
      }
    }
    throw new AssertionError("no page " + method + " " + target);
  }

  private PageContext context(PageRequest request) {
    User user =
        new User(
            "u1",
            "dr-li",
            Profile.named("Dr. Li Wei"),
            UserState.ACTIVE,
            Set.of(Role.ADMIN, Role.PHYSICIAN),
            Instant.EPOCH);
    PageView view =
        new PageView(
            new PageView.Setting(
                Texts.load(language),
                Sentences.load(language),
                ASSETS,
                ZoneOffset.UTC,
                "hospital-2"),
            new PageView.Visitor(
                Optional.of(user), request.preferences(), "csrf-1", request.target(), ""));
    return new PageContext(request, Optional.of(user), this, view, TEMPLATES);
  }

  /** As the router has it: a fixed path goes before one with parameters. */
  private static Optional<Map<String, String>> match(String template, String path) {
    boolean fixed = PAGES.stream().anyMatch(page -> page.path().equals(path));
    String[] names = template.split("/", -1);
    String[] values = path.split("/", -1);
    if (names.length != values.length || (fixed && !template.equals(path))) {
      return Optional.empty();
    }
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      if (names[i].startsWith("{")) {
        found.put(names[i].substring(1, names[i].length() - 1), values[i]);
      } else if (!names[i].equals(values[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }
}
