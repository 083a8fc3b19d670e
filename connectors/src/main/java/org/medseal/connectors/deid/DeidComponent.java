package org.medseal.connectors.deid;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code deid:rules}; the rules are those of the {@code Deidentifiers} bean. */
public final class DeidComponent extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters)
      throws Exception {
    DeidEndpoint endpoint = new DeidEndpoint(uri, this);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
