package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.medseal.pages.Audience;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.pages.plot.Plot;
import org.medseal.users.Role;

/** Feeds: what they bring, why one does not run, stopping and starting them. */
final class FeedPages {
  private static final String PATH = "/feeds";
  private final InstantSource clock;

  FeedPages(InstantSource clock) {
    this.clock = clock;
  }

  List<Page> pages() {
    Audience operator = Audience.anyOf(Role.OPERATOR);
    return List.of(
        Page.get(PATH, operator, this::list),
        Page.get(PATH + "/plots", operator, this::plots),
        Page.post(PATH + "/{id}/pause", operator, page -> control(page, "pause")),
        Page.post(PATH + "/{id}/resume", operator, page -> control(page, "resume")));
  }

  /** To htmx only the part that changes by the second. */
  private PageAnswer list(PageContext page) {
    CallReply feeds = page.calls().get(PATH);
    if (!feeds.ok()) {
      return page.problem(feeds);
    }
    return page.wantsPart()
        ? page.render("operations/feedsnow", view(page, feeds.json(), List.of()))
        : page.render("operations/feeds", view(page, feeds.json(), drawn(page, feeds.json())));
  }

  private PageAnswer plots(PageContext page) {
    CallReply feeds = page.calls().get(PATH);
    return feeds.ok()
        ? page.render("operations/plots-again", drawn(page, feeds.json()))
        : page.problem(feeds);
  }

  private PageAnswer control(PageContext page, String what) {
    CallReply done = page.calls().post("/feeds/{id}/" + what, page.path("id"));
    if (done.ok()) {
      return page.done(PATH, "feed-" + what);
    }
    CallReply feeds = page.calls().get(PATH);
    return feeds.ok()
        ? page.refused(
            done, "operations/feeds", view(page, feeds.json(), drawn(page, feeds.json())))
        : page.problem(done);
  }

  private static FeedsView view(PageContext page, JsonNode feeds, List<Plot> plots) {
    return new FeedsView(
        Alerts.of(feeds.path("alerts")),
        FeedsView.feeds(feeds.path("feeds")),
        Span.of(page.query("hours")),
        plots);
  }

  /** A plot whose numbers cannot be had is left out. */
  private List<Plot> drawn(PageContext page, JsonNode feeds) {
    Span span = Span.of(page.query("hours"));
    String minutes = Integer.toString(span.minutes());
    Plots plots = new Plots(page.view(), span, clock.instant());
    Map<String, JsonNode> byFeed = new TreeMap<>();
    for (FeedsView.Feed feed : FeedsView.feeds(feeds.path("feeds"))) {
      CallReply series =
          page.calls().get(CallTarget.of("/feeds/{id}/series", feed.id()).with("minutes", minutes));
      if (series.ok()) {
        byFeed.put(feed.name(), series.json().path("points"));
      }
    }
    CallReply way = page.calls().get(CallTarget.of("/ledger/series").with("minutes", minutes));
    return way.ok()
        ? List.of(plots.messages(byFeed), plots.queue(way.json().path("points")))
        : List.of(plots.messages(byFeed));
  }
}
