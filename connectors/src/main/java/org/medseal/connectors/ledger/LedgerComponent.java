package org.medseal.connectors.ledger;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code ledger:submit}. */
public final class LedgerComponent extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters)
      throws Exception {
    LedgerEndpoint endpoint = new LedgerEndpoint(uri, this);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
