package org.medseal.connectors.httpaccess;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every route that takes messages over HTTP and refuses whom the route's feed does
 * not know. The feed is the one the route hands its messages to; where that is none, or one of
 * several has a rule, nobody is let in.
 */
public final class HttpGates {
  private static final Logger LOG = LoggerFactory.getLogger(HttpGates.class);

  private final Map<String, HttpAccess.Gate> byFeed = new TreeMap<>();
  private final RouteReach reach;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** IllegalArgumentException naming the file that cannot be used. */
  public HttpGates(Map<String, HttpAccess> byFeed, RouteReach reach) {
    this.reach = reach;
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
    Set<String> reached = reach.of(exchange).feeds();
    Optional<String> held = reached.stream().filter(byFeed::containsKey).findFirst();
    if (reached.isEmpty() || (held.isPresent() && reached.size() > 1)) {
      return Optional.of(HttpAccess.Refusal.NO_FEED.made());
    }
    return held.flatMap(feed -> refusal(feed, exchange));
  }

  private Optional<HttpRefusal> refusal(String feed, Exchange exchange) {
    Optional<HttpAccess.Refusal> refusal =
        Optional.ofNullable(byFeed.get(feed)).flatMap(gate -> gate.refusal(sender(exchange)));
    refusal.filter(HttpAccess.Refusal.TOKEN_IN_CLEAR::equals).ifPresent(clear -> tell(feed));
    return refusal.map(HttpAccess.Refusal::made);
  }

  /** Once for each feed: whoever keeps sending so would fill the log. */
  private void tell(String feed) {
    if (told.add(feed)) {
      LOG.warn(
          "feed {} refuses requests over plain HTTP from other machines, whose bearer tokens can be"
              + " read on their way: set medseal.fhir.tls.certificate and medseal.fhir.tls.key, then"
              + " replace the tokens",
          feed);
    }
  }

  private static HttpAccess.Sender sender(Exchange exchange) {
    String authorization = exchange.getMessage().getHeader("Authorization", "", String.class);
    return exchange.getIn() instanceof HttpMessage message
        ? new HttpAccess.Sender(
            certificates(message.getRequest()), authorization, isInClear(message.getRequest()))
        : new HttpAccess.Sender(List.of(), authorization, true);
  }

  private static boolean isInClear(HttpServerRequest request) {
    return !request.isSSL() && !isLoopback(request.connection().remoteAddress(true));
  }

  private static boolean isLoopback(SocketAddress address) {
    try {
      return address != null
          && address.hostAddress() != null
          && InetAddress.getByName(address.hostAddress()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // no address, so nobody knows where it comes from
    }
  }

  private static List<X509Certificate> certificates(HttpServerRequest request) {
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
