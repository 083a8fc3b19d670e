package org.medseal.connectors.fhirpoll;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code fhir-poll:FEED?baseUrl=…}; the feed's name keeps its place between polls. */
public final class FhirPollComponent extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String feed, Map<String, Object> parameters)
      throws Exception {
    if (!feed.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("fhir-poll: needs a feed of letters, digits and dashes");
    }
    FhirPollEndpoint endpoint = new FhirPollEndpoint(uri, this, feed);
    setProperties(endpoint, parameters);
    endpoint.settings();
    return endpoint;
  }
}
