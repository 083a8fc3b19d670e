package org.medseal.pages.admin;

import java.util.List;
import org.medseal.pages.AreaPages;
import org.medseal.pages.Page;

/** Pages of this area. */
public final class AdministrationPages implements AreaPages {
  @Override
  public List<Page> pages() {
    return List.of();
  }
}
