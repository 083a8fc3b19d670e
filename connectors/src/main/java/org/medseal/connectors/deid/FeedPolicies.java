package org.medseal.connectors.deid;

import java.util.Map;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.UnlistedAuthority;

/** Settings by feed; a feed without its own gets the default about unlisted authorities. */
public record FeedPolicies(Map<String, FeedPolicy> byFeed, UnlistedAuthority unlisted) {
  public FeedPolicies {
    byFeed = Map.copyOf(byFeed);
  }

  public FeedPolicy of(String feed) {
    FeedPolicy policy = byFeed.get(feed);
    return policy != null ? policy : FeedPolicy.of(feed, unlisted);
  }
}
