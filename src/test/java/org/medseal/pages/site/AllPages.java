package org.medseal.pages.site;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.medseal.pages.Page;

/** What pages a node has, for tests that must forget none; they are not to be served. */
public final class AllPages {
  private AllPages() {}

  public static List<Page> list() {
    Site site =
        new Site(
            new Site.Means(
                (token, used) -> Optional.empty(),
                (token, used) -> {
                  throw new AssertionError("nothing is called");
                },
                (page, token, problem) -> {
                  throw new AssertionError("nothing is refused");
                }),
            "hospital-1",
            ZoneOffset.UTC);
    return site.pages();
  }
}
