package org.medseal.connectors.inbox;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code inbox:FEED}. */
public final class InboxComponent extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String feed, Map<String, Object> parameters)
      throws Exception {
    if (feed.isBlank()) {
      throw new IllegalArgumentException("inbox: needs the name of a feed");
    }
    InboxEndpoint endpoint = new InboxEndpoint(uri, this, feed);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
