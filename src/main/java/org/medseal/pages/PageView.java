package org.medseal.pages;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.medseal.users.User;

/** What every template knows: the visitor, the texts, and where things are. */
public final class PageView {
  private static final String HTMX =
      "{\"includeIndicatorStyles\":false,\"allowEval\":false,\"selfRequestsOnly\":true,"
          + "\"historyCacheSize\":0,\"allowScriptTags\":false}";
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  /**
   * The site behind all views of one language.
   *
   * @param sentences the node's own, said over
   * @param zone the node's
   * @param institution whose node this is
   */
  public record Setting(
      Texts texts, Sentences sentences, Assets assets, ZoneId zone, String institution) {}

  /**
   * Who looks.
   *
   * @param csrf for the forms; empty when nobody is signed in
   * @param done code of what was done just before; may be anything, shown only if there is a text
   */
  public record Visitor(
      Optional<User> user, Preferences preferences, String csrf, String target, String done) {}

  private final Setting setting;
  private final Visitor visitor;
  private Optional<PageProblem> problem = Optional.empty();

  public PageView(Setting setting, Visitor visitor) {
    this.setting = setting;
    this.visitor = visitor;
  }

  public String t(String key, Object... arguments) {
    return setting.texts().of(key, arguments);
  }

  /** The words for a code of a call, {@code <prefix>.<code>}; the code itself if there are none. */
  public String code(String prefix, String code) {
    return setting.texts().code(prefix, code);
  }

  /** A sentence of the node's in this language, or as it came where {@link #isForeign}. */
  public String said(String sentence) {
    return setting.sentences().say(sentence).orElse(sentence);
  }

  /** Whether a sentence of the node's stays in English on a page in another language. */
  public boolean isForeign(String sentence) {
    return language() != Language.EN
        && sentence.codePoints().noneMatch(Character::isIdeographic)
        && setting.sentences().say(sentence).isEmpty();
  }

  public String asset(String name) {
    return setting.assets().href(name);
  }

  /** The node's, in which times are shown and days are meant. */
  public ZoneId zone() {
    return setting.zone();
  }

  public String institution() {
    return setting.institution();
  }

  public Language language() {
    return visitor.preferences().language();
  }

  public Theme theme() {
    return visitor.preferences().theme();
  }

  public Optional<User> user() {
    return visitor.user();
  }

  public String userName() {
    return visitor
        .user()
        .map(user -> user.displayName().isBlank() ? user.login() : user.displayName())
        .orElse("");
  }

  /** Stands for the user where a picture would. */
  public String initial() {
    return userName()
        .codePoints()
        .limit(1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  public String csrf() {
    return visitor.csrf();
  }

  /** Path and query of this page, local; after a form was sent, of the page that has it. */
  public String target() {
    return LocalPath.orHome(visitor.target());
  }

  public List<Navigation.Group> navigation() {
    return visitor.user().map(user -> Navigation.of(user, target())).orElse(List.of());
  }

  /** What was done just before, in words. */
  public Optional<String> done() {
    String key = "done." + visitor.done();
    return setting.texts().has(key) ? Optional.of(t(key)) : Optional.empty();
  }

  void say(PageProblem refusal) {
    problem = Optional.of(refusal);
  }

  public Optional<PageProblem> problem() {
    return problem;
  }

  /** What to do about it, in words. */
  public String advice(PageProblem refusal) {
    String key = "problem." + refusal.name() + ".advice";
    return setting.texts().has(key)
        ? t(key)
        : setting.texts().of("problem.advice." + (refusal.status() >= 500 ? "5xx" : "4xx"));
  }

  /** No evaluation of texts as program, no style of its own, nothing from elsewhere. */
  public String htmxConfig() {
    return HTMX;
  }

  /** A refusal's heading in words. */
  public String heading(PageProblem refusal) {
    String key = "problem." + refusal.name();
    return setting.texts().has(key)
        ? t(key)
        : setting.texts().code("problem.status", Integer.toString(refusal.status()));
  }

  /** To the minute in the node's zone; what is no instant is shown as it came. */
  public String time(String instant) {
    try {
      return MINUTES.format(Instant.parse(instant).atZone(setting.zone()));
    } catch (DateTimeException e) {
      return instant;
    }
  }

  /** To the second in UTC, for titles. */
  public String utc(String instant) {
    try {
      return SECONDS.format(Instant.parse(instant));
    } catch (DateTimeException e) {
      return instant;
    }
  }
}
