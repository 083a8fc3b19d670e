package org.medseal.connectors.intake;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Endpoint;
import org.apache.camel.component.netty.NettyConfiguration;
import org.apache.camel.component.netty.NettyEndpoint;
import org.medseal.connectors.dicomcamel.DicomEndpoint;
import org.medseal.connectors.httpaccess.RouteReach.Reached;

/**
 * Holds the routes to the TLS settings of their feeds: nobody who set a certificate is to be
 * listened to in clear. What is wrong comes as a sentence.
 */
public final class TlsFeeds {
  private final Map<String, String> properties;
  private final Set<String> taken = new TreeSet<>();

  /** {@code properties} are what the routes are filled in with. */
  public TlsFeeds(Map<String, String> properties) {
    this.properties = Map.copyOf(properties);
  }

  /** A route that listens at {@code from}; by it or by others its messages get to {@code to}. */
  public Optional<String> refusal(String route, Endpoint from, Reached to) {
    if (!(from instanceof NettyEndpoint) && !(from instanceof DicomEndpoint)) {
      return Optional.empty();
    }
    for (String feed : to.feeds()) {
      if (hasTls(feed)) {
        if (!isAsSet(feed, from)) {
          return Optional.of("route " + route + " does not take medseal.feed." + feed + ".tls.*");
        }
        taken.add(feed);
      }
    }
    return Optional.empty();
  }

  /** Once every route was seen: a feed whose settings no line has taken. */
  public Optional<String> leftOver() {
    return properties.keySet().stream()
        .filter(key -> key.endsWith(LineSettings.TLS_CONTEXT))
        .map(key -> key.substring(0, key.length() - LineSettings.TLS_CONTEXT.length()))
        .filter(feed -> hasTls(feed) && !taken.contains(feed))
        .sorted()
        .findFirst()
        .map(feed -> "no MLLP or DICOM route takes medseal.feed." + feed + ".tls.*");
  }

  private boolean hasTls(String feed) {
    return ("#" + LineSettings.tlsName(feed))
        .equals(properties.get(feed + LineSettings.TLS_CONTEXT));
  }

  private boolean isAsSet(String feed, Endpoint line) {
    Object context = line.getCamelContext().getRegistry().lookupByName(LineSettings.tlsName(feed));
    boolean isMutual = Boolean.parseBoolean(properties.get(feed + ".mutualTls"));
    if (line instanceof DicomEndpoint dicom) {
      return dicom.isSsl()
          && context != null
          && dicom.getSslContextParameters() == context
          && (!isMutual || dicom.isNeedClientAuth());
    }
    NettyConfiguration netty = ((NettyEndpoint) line).getConfiguration();
    return netty.isSsl()
        && context != null
        && netty.getSslContextParameters() == context
        && (!isMutual || netty.isNeedClientAuth());
  }
}
