package org.medseal.pages.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.medseal.pages.Audience;
import org.medseal.pages.CallReply;
import org.medseal.pages.CallTarget;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;
import org.medseal.users.Role;

/**
 * What waits for whoever has signed in. What could not be asked shows a dash, not the page away.
 */
final class HomePage {
  /** Counted so far; above it stands a plus. */
  private static final int COUNTED = 100;

  private static final String UNKNOWN = "–";

  List<Page> pages() {
    return List.of(Page.get("/", Audience.signedIn(), HomePage::show));
  }

  private static PageAnswer show(PageContext page) {
    List<Home.Tile> tiles = new ArrayList<>();
    if (page.is(Role.PHYSICIAN) || page.is(Role.ADMIN)) {
      tiles.add(own(page, "OPEN", "home.requests-open", ""));
      tiles.add(own(page, "APPROVED", "home.requests-approved", "ok"));
    }
    if (page.is(Role.ADMIN)) {
      tiles.add(
          counted(
              page,
              list("/requests").with("state", "OPEN").with("role", "desk"),
              new Home.Tile("/desk", "requests", "home.desk", "warn")));
      tiles.add(
          counted(
              page,
              list("/traces").with("state", "OPEN"),
              new Home.Tile("/traces", "traces", "home.traces", "warn")));
      tiles.add(
          pending(page, new Home.Tile("/users?state=PENDING", UNKNOWN, "home.pending", "warn")));
    }
    if (page.is(Role.OPERATOR)) {
      tiles.add(
          counted(
              page,
              list("/messages").with("state", "QUARANTINED"),
              new Home.Tile("/messages?state=QUARANTINED", "messages", "home.quarantine", "bad")));
      tiles.add(alerts(page));
    }
    return page.render("account/home", new Home(tiles, ledger(page)));
  }

  private static Home.Tile own(PageContext page, String state, String text, String tone) {
    return counted(
        page,
        list("/requests").with("state", state).with("role", "mine"),
        new Home.Tile("/requests?state=" + state, "requests", text, tone));
  }

  private static CallTarget list(String template) {
    return CallTarget.of(template).with("limit", Integer.toString(COUNTED));
  }

  /** The tile's figure names the list in the answer; it comes back as its length. */
  private static Home.Tile counted(PageContext page, CallTarget target, Home.Tile tile) {
    CallReply reply = page.calls().get(target);
    if (!reply.ok()) {
      return new Home.Tile(tile.path(), UNKNOWN, tile.text(), "");
    }
    return tile(tile, reply.json().path(tile.figure()).size());
  }

  /** The number alone: who it is, is asked and written down on the page of users. */
  private static Home.Tile pending(PageContext page, Home.Tile tile) {
    CallReply reply = page.calls().get(CallTarget.of("/users/count").with("state", "PENDING"));
    return reply.ok() ? tile(tile, reply.json().path("count").asInt()) : tile;
  }

  private static Home.Tile tile(Home.Tile tile, int count) {
    String figure = count < COUNTED ? Integer.toString(count) : COUNTED + "+";
    return new Home.Tile(tile.path(), figure, tile.text(), count == 0 ? "calm" : tile.tone());
  }

  private static Home.Tile alerts(PageContext page) {
    Home.Tile tile = new Home.Tile("/feeds", "alerts", "home.alerts", "bad");
    return counted(page, CallTarget.of("/feeds"), tile);
  }

  private static Home.LedgerState ledger(PageContext page) {
    JsonNode status = page.calls().get("/ledger/status").json();
    JsonNode consensus = page.calls().get("/ledger/consensus").json();
    return new Home.LedgerState(
        status.path("height").asLong(),
        Account.text(status, "blockTime"),
        status.path("anonymous").asBoolean(),
        Account.text(consensus, "cause"),
        Account.text(consensus, "waitingFor"));
  }
}
