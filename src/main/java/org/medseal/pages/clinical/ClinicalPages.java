package org.medseal.pages.clinical;

import java.util.List;
import java.util.stream.Stream;
import org.medseal.pages.AreaPages;
import org.medseal.pages.Audience;
import org.medseal.pages.Page;
import org.medseal.users.Role;

/** Finding, asking for, reading and granting records; tracing who signed one. */
public final class ClinicalPages implements AreaPages {
  static final Audience PEOPLE = Audience.anyOf(Role.PHYSICIAN, Role.ADMIN);
  static final Audience ADMIN = Audience.anyOf(Role.ADMIN);

  @Override
  public List<Page> pages() {
    return Stream.of(
            new SearchPages().pages(),
            new NewRequestPages().pages(),
            new RequestPages().pages(),
            new RecordPages().pages(),
            new DeskPages().pages(),
            new TracePages().pages(),
            new GroupPages().pages())
        .flatMap(List::stream)
        .toList();
  }
}
