package org.medseal.ledger.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/** Mutual TLS 1.3 with the own identity, for both directions. */
final class TlsContexts {
  private final SslContext server;
  private final SslContext client;

  TlsContexts(TlsIdentity identity, PinnedTrust trust) {
    try {
      server =
          common(SslContextBuilder.forServer(identity.key(), identity.certificate()), trust)
              .clientAuth(ClientAuth.REQUIRE)
              .build();
      client =
          common(
                  SslContextBuilder.forClient().keyManager(identity.key(), identity.certificate()),
                  trust)
              .build();
    } catch (SSLException e) {
      throw new NetException(NetException.Reason.BAD_CERTIFICATE, "cannot set up TLS", e);
    }
  }

  private static SslContextBuilder common(SslContextBuilder builder, PinnedTrust trust) {
    return builder.sslProvider(SslProvider.JDK).protocols("TLSv1.3").trustManager(trust);
  }

  SslHandler newHandler(ByteBufAllocator allocator, boolean dialling) {
    return (dialling ? client : server).newHandler(allocator);
  }
}
