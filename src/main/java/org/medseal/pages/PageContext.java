package org.medseal.pages;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.medseal.users.Role;
import org.medseal.users.User;

/**
 * One page being served: what was asked, who asks, the calls they may make, and the way to an
 * answer. For one thread.
 */
public final class PageContext {
  private final PageRequest request;
  private final Optional<User> user;
  private final PageCalls calls;
  private final PageView view;
  private final Templates templates;

  /** Whoever serves pages makes these. */
  public PageContext(
      PageRequest request,
      Optional<User> user,
      PageCalls calls,
      PageView view,
      Templates templates) {
    this.request = request;
    this.user = user;
    this.calls = calls;
    this.view = view;
    this.templates = templates;
  }

  /** Empty only where the page is for everybody. */
  public Optional<User> user() {
    return user;
  }

  public boolean is(Role role) {
    return user.isPresent() && user.get().is(role);
  }

  /** A parameter of the page's path, decoded: any text. */
  public String path(String name) {
    return request.path().getOrDefault(name, "");
  }

  /** The first value, stripped; empty when absent. */
  public String query(String name) {
    return first(request.query(), name).strip();
  }

  /** A field of the form as it was typed; empty when absent. */
  public String field(String name) {
    return first(request.form(), name);
  }

  /** All values of a field, as of checkboxes. */
  public List<String> fields(String name) {
    return request.form().getOrDefault(name, List.of());
  }

  public Map<String, String> cookies() {
    return request.cookies();
  }

  public PageCalls calls() {
    return calls;
  }

  /** What templates get to know of the visitor; also the texts. */
  public PageView view() {
    return view;
  }

  public String text(String key, Object... arguments) {
    return view.t(key, arguments);
  }

  /** Whether htmx asks, and a part of the page is enough. */
  public boolean wantsPart() {
    return request.part();
  }

  /** The template {@code <area>/<name>.jte} over the model; its parameters are page and model. */
  public PageAnswer render(String template, Object model) {
    return render(200, template, model);
  }

  public PageAnswer render(int status, String template, Object model) {
    return PageAnswer.html(status, templates.render(template, view, model));
  }

  /** The same page again with the refusal in words at its top, and the refusal's status. */
  public PageAnswer refused(CallReply reply, String template, Object model) {
    PageProblem problem =
        reply.problem().orElseThrow(() -> new IllegalArgumentException("it was not refused"));
    return refused(problem, template, model);
  }

  /** The same, for what the page itself will not send on. */
  public PageAnswer refused(PageProblem problem, String template, Object model) {
    view.say(problem);
    return render(problem.status(), template, model);
  }

  /** A page that says nothing but the refusal; somebody no longer signed in is sent to sign in. */
  public PageAnswer problem(CallReply reply) {
    PageProblem problem =
        reply.problem().orElseThrow(() -> new IllegalArgumentException("it was not refused"));
    if (problem.status() == 401) {
      return PageAnswer.seeOther(LocalPath.signIn(view.target()));
    }
    return problem(problem);
  }

  public PageAnswer problem(PageProblem problem) {
    return render(problem.status(), "frame/problem", problem);
  }

  /** Read that page, and say there that this was done: the text {@code done.<code>}. */
  public PageAnswer done(String path, String code) {
    String done = code.toLowerCase(Locale.ROOT);
    return PageAnswer.seeOther(path + (path.contains("?") ? "&" : "?") + "done=" + encoded(done));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String first(Map<String, List<String>> values, String name) {
    return values.getOrDefault(name, List.of()).stream().findFirst().orElse("");
  }
}
