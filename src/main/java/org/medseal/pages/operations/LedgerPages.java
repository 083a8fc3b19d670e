package org.medseal.pages.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.medseal.pages.Audience;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.pages.plot.Plot;

/** The ledger at a glance: where it stands, why it waits, who is there. */
final class LedgerPages {
  private static final String PATH = "/ledger";
  private static final int NEWEST = 8;
  private final InstantSource clock;

  LedgerPages(InstantSource clock) {
    this.clock = clock;
  }

  List<Page> pages() {
    Audience all = Audience.signedIn();
    return List.of(
        Page.get(PATH, all, this::overview),
        Page.get(PATH + "/plots", all, page -> page.render("operations/plots-again", plots(page))));
  }

  /** To htmx only the part that changes by the second. */
  private PageAnswer overview(PageContext page) {
    CallReply status = page.calls().get("/ledger/status");
    CallReply consensus = page.calls().get("/ledger/consensus");
    if (!status.ok() || !consensus.ok()) {
      return page.problem(status.ok() ? consensus : status);
    }
    boolean part = page.wantsPart();
    LedgerView.Lists lists =
        new LedgerView.Lists(
            Span.of(page.query("hours")),
            part ? List.of() : plots(page),
            blocks(page.calls().get(CallTarget.of("/ledger/blocks").with("limit", "" + NEWEST))));
    return page.render(
        part ? "operations/ledgernow" : "operations/ledger",
        LedgerView.of(status.json(), consensus.json(), clock.instant(), lists));
  }

  private static List<LedgerView.BlockRow> blocks(CallReply reply) {
    return LedgerView.BlockRow.of(reply.json().path("blocks"));
  }

  /** What cannot be had is left out. */
  private List<Plot> plots(PageContext page) {
    Span span = Span.of(page.query("hours"));
    Plots plots = new Plots(page.view(), span, clock.instant());
    List<Plot> all = new ArrayList<>();
    CallReply series =
        page.calls()
            .get(CallTarget.of("/ledger/series").with("minutes", Integer.toString(span.minutes())));
    if (series.ok()) {
      JsonNode points = series.json().path("points");
      all.add(plots.latency(points));
      all.add(plots.queue(points));
      all.add(plots.transactions(points));
      all.add(plots.interval(points));
    }
    return all;
  }
}
