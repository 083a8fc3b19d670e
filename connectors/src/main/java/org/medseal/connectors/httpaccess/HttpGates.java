package org.medseal.connectors.httpaccess;

import io.vertx.core.http.HttpServerRequest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/**
 * Stands before every route that takes messages over HTTP and refuses whom the route's feed does
 * not know. The feed is the one the route hands its messages to; where that cannot be told and any
 * feed has a rule, nobody is let in.
 */
public final class HttpGates {
  private final Map<String, HttpAccess.Gate> byFeed = new TreeMap<>();

  /** IllegalArgumentException naming the file that cannot be used. */
  public HttpGates(Map<String, HttpAccess> byFeed) {
    byFeed.forEach((feed, access) -> this.byFeed.put(feed, access.gate()));
  }

  /** Those that not everybody may send to. */
  public Set<String> feeds() {
    return Set.copyOf(byFeed.keySet());
  }

  /** For an exchange as its consumer made it; empty when it may go on. */
  public Optional<HttpRefusal> refusal(Exchange exchange) {
    if (byFeed.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> feed = RouteFeed.of(exchange);
    if (feed.isEmpty()) {
      return Optional.of(HttpAccess.Refusal.NO_FEED.made());
    }
    return Optional.ofNullable(byFeed.get(feed.get()))
        .flatMap(
            gate ->
                gate.refusal(
                    certificates(exchange),
                    exchange.getMessage().getHeader("Authorization", "", String.class)))
        .map(HttpAccess.Refusal::made);
  }

  private static List<X509Certificate> certificates(Exchange exchange) {
    if (!(exchange.getIn() instanceof HttpMessage message)) {
      return List.of();
    }
    HttpServerRequest request = message.getRequest();
    SSLSession session = request.isSSL() ? request.sslSession() : null;
    if (session == null) {
      return List.of();
    }
    try {
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate each : session.getPeerCertificates()) {
        chain.add((X509Certificate) each);
      }
      return chain;
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }
}
