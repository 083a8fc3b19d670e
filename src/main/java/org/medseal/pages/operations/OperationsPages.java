package org.medseal.pages.operations;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.medseal.pages.AreaPages;
import org.medseal.pages.Page;

/** Feeds and messages for those who run them, and the ledger for everybody. */
public final class OperationsPages implements AreaPages {
  @Override
  public List<Page> pages() {
    InstantSource clock = InstantSource.system();
    return Stream.of(
            new FeedPages(clock).pages(),
            new MessagePages().pages(),
            new MessagePage().pages(),
            new RevealPages().pages(),
            new ReprocessPages().pages(),
            new LedgerPages(clock).pages(),
            new BlockPages().pages(),
            new ValidatorPages(clock).pages(),
            new GovernancePages().pages())
        .flatMap(List::stream)
        .toList();
  }
}
