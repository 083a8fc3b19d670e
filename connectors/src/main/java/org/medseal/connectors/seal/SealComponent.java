package org.medseal.connectors.seal;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code seal:record}; keys and limits are those of the {@code RecordSealer} bean. */
public final class SealComponent extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters)
      throws Exception {
    SealEndpoint endpoint = new SealEndpoint(uri, this);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
