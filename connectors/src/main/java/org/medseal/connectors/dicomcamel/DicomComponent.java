package org.medseal.connectors.dicomcamel;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code dicom:HOST:PORT}. */
public final class DicomComponent extends DefaultComponent {
  private static final Pattern PLACE =
      Pattern.compile("(?://)?(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");

  @Override
  protected Endpoint createEndpoint(String uri, String place, Map<String, Object> parameters)
      throws Exception {
    Matcher matcher = PLACE.matcher(place);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 0xFFFF) {
      throw new IllegalArgumentException("dicom: needs HOST:PORT");
    }
    DicomEndpoint endpoint =
        new DicomEndpoint(uri, this, matcher.group(1), Integer.parseInt(matcher.group(2)));
    setProperties(endpoint, parameters);
    endpoint.server();
    return endpoint;
  }
}
