package org.medseal.pages.admin;

import java.util.List;
import java.util.stream.Stream;
import org.medseal.pages.AreaPages;
import org.medseal.pages.Page;

/** Users, the audit trail, and whether the node is set up well. */
public final class AdministrationPages implements AreaPages {
  @Override
  public List<Page> pages() {
    return Stream.of(new UserPages().pages(), new AuditPages().pages(), new SettingsPage().pages())
        .flatMap(List::stream)
        .toList();
  }
}
