package org.medseal.pages.site;

import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.medseal.pages.AreaPages;
import org.medseal.pages.Assets;
import org.medseal.pages.Audience;
import org.medseal.pages.Language;
import org.medseal.pages.LocalPath;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageCalls;
import org.medseal.pages.PageContext;
import org.medseal.pages.PageProblem;
import org.medseal.pages.PageRequest;
import org.medseal.pages.PageView;
import org.medseal.pages.Sentences;
import org.medseal.pages.Templates;
import org.medseal.pages.Texts;
import org.medseal.pages.account.AccountPages;
import org.medseal.pages.admin.AdministrationPages;
import org.medseal.pages.clinical.ClinicalPages;
import org.medseal.pages.operations.OperationsPages;
import org.medseal.users.Csrf;
import org.medseal.users.Session;

/** All pages of a node: finds out who asks, refuses what is not for them, serves the rest. */
public final class Site {
  /**
   * What pages are served with.
   *
   * @param sessions the session of a token
   * @param calls the endpoint's calls with a token; an empty one for nobody
   * @param refusals told of each refusal before it is answered
   */
  public record Means(
      ByToken<Optional<Session>> sessions, ByToken<PageCalls> calls, Refusals refusals) {}

  /** Writes down what pages refuse. */
  public interface Refusals {
    /** An exception leaves the request without this answer. */
    void refused(Page page, String token, PageProblem problem);
  }

  /** What a token gives. */
  public interface ByToken<T> {
    /** {@code used} false where nobody did anything: a page that renews itself. */
    T of(String token, boolean used);
  }

  /**
   * A request as the edge saw it.
   *
   * @param token of the session cookie; may be empty or anything
   * @param ownOrigin whether the browser says that a page of this site sent it
   */
  public record Incoming(PageRequest request, String token, boolean ownOrigin) {}

  private final Means means;
  private final Assets assets = Assets.load();
  private final Templates templates = new Templates();
  private final List<Page> pages = all();
  private final Whereabouts whereabouts = new Whereabouts(pages);
  private final Map<Language, PageView.Setting> settings = new EnumMap<>(Language.class);

  public Site(Means means, String institution, ZoneId zone) {
    this.means = means;
    for (Language each : Language.values()) {
      settings.put(
          each,
          new PageView.Setting(Texts.load(each), Sentences.load(each), assets, zone, institution));
    }
  }

  public Assets assets() {
    return assets;
  }

  public List<Page> pages() {
    return pages;
  }

  private static List<Page> all() {
    Stream<AreaPages> areas =
        Stream.of(
            new AccountPages(),
            new AdministrationPages(),
            new ClinicalPages(),
            new OperationsPages());
    return areas.flatMap(area -> area.pages().stream()).toList();
  }

  /**
   * An answer and whose it is.
   *
   * @param login empty for somebody not signed in
   */
  public record Served(PageAnswer answer, String login) {}

  /** Blocks as long as the page's calls take. */
  public Served serve(Page page, Incoming incoming) {
    Optional<Session> session =
        incoming.token().isEmpty()
            ? Optional.empty()
            : means.sessions().of(incoming.token(), isUse(page, incoming.request()));
    return new Served(
        answer(page, incoming, session), session.map(each -> each.user().login()).orElse(""));
  }

  /** Parts of pages are asked for by the clock, but for what is sent. */
  private static boolean isUse(Page page, PageRequest request) {
    return page.method().equals("POST") || !request.part();
  }

  private PageAnswer answer(Page page, Incoming incoming, Optional<Session> session) {
    PageContext context = context(incoming, session, isUse(page, incoming.request()));
    boolean forEverybody = page.audience() instanceof Audience.Everybody;
    if (page.method().equals("POST") && !incoming.ownOrigin()) {
      return refused(page, incoming, context, "cross-site");
    }
    if (forEverybody) {
      return page.handling().handle(context);
    }
    if (session.isEmpty()) {
      return signInFirst(page, incoming.request());
    }
    if (page.method().equals("POST") && !Csrf.matches(incoming.token(), context.field("csrf"))) {
      return refused(page, incoming, context, "stale-form");
    }
    if (!page.audience().admits(session.get().user())) {
      return refused(page, incoming, context, "not-allowed");
    }
    return page.handling().handle(context);
  }

  private PageAnswer refused(Page page, Incoming incoming, PageContext context, String why) {
    PageProblem problem = new PageProblem(403, why, "");
    means.refusals().refused(page, incoming.token(), problem);
    return context.problem(problem);
  }

  /** For what no page answers. Does not block, and knows nobody. */
  public PageAnswer problem(PageProblem problem, PageRequest request) {
    return context(new Incoming(request, "", false), Optional.empty(), false).problem(problem);
  }

  private PageContext context(Incoming incoming, Optional<Session> session, boolean used) {
    PageRequest request = incoming.request();
    PageView view =
        new PageView(
            settings.get(request.preferences().language()),
            new PageView.Visitor(
                session.map(Session::user),
                request.preferences(),
                session.isPresent() ? Csrf.of(incoming.token()) : "",
                whereabouts.of(request),
                request.query().getOrDefault("done", List.of("")).get(0)));
    PageCalls calls = means.calls().of(session.isPresent() ? incoming.token() : "", used);
    return new PageContext(request, session.map(Session::user), calls, view, templates);
  }

  private static PageAnswer signInFirst(Page page, PageRequest request) {
    String next = page.method().equals("GET") && !request.part() ? request.target() : "/";
    String signIn = LocalPath.signIn(next);
    return request.part()
        ? PageAnswer.content(401, "", new byte[0]).header("HX-Redirect", signIn)
        : PageAnswer.seeOther(signIn);
  }
}
