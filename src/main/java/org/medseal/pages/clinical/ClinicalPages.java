package org.medseal.pages.clinical;

import java.util.List;
import org.medseal.pages.AreaPages;
import org.medseal.pages.Page;

/** Pages of this area. */
public final class ClinicalPages implements AreaPages {
  @Override
  public List<Page> pages() {
    return List.of();
  }
}
