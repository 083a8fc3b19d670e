package org.medseal.pages.account;

import java.util.List;
import java.util.stream.Stream;
import org.medseal.pages.AreaPages;
import org.medseal.pages.Page;

/** Signing in, the own account, and the home page. */
public final class AccountPages implements AreaPages {
  @Override
  public List<Page> pages() {
    return Stream.of(
            new SignInPages().pages(),
            new DoorPages().pages(),
            new HomePage().pages(),
            new ProfilePages().pages(),
            new SecondFactorPages().pages())
        .flatMap(List::stream)
        .toList();
  }
}
