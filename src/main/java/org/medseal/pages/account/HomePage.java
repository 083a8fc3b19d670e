package org.medseal.pages.account;

import java.util.ArrayList;
import java.util.List;
import org.medseal.pages.Audience;
import org.medseal.pages.Page;
import org.medseal.pages.PageAnswer;
import org.medseal.pages.PageContext;

/** What waits for whoever has signed in. */
final class HomePage {
  List<Page> pages() {
    return List.of(Page.get("/", Audience.signedIn(), this::show));
  }

  private PageAnswer show(PageContext page) {
    List<Home.Tile> tiles = new ArrayList<>();
    return page.render("account/home", new Home(tiles));
  }
}
