package org.medseal.connectors.mllp;

import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/** What camel-netty's {@code sslContextParameters} takes: a context made from a feed's files. */
public final class FeedTlsParameters extends SSLContextParameters {
  private final SSLContext context;

  public FeedTlsParameters(FeedTls tls) {
    this.context = tls.context();
  }

  @Override
  public SSLContext createSSLContext(CamelContext camel) {
    return context;
  }
}
