package org.medseal.connectors.httpaccess;

import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedTrustManager;
import org.medseal.connectors.tls.PemException;
import org.medseal.connectors.tls.PemFiles;

/**
 * What one feed wants of its senders. Where both are set, both are wanted.
 *
 * @param clientCa PEM file of the roots of their certificates; counts as it was at the start
 * @param tokens that they carry as {@code Authorization: Bearer}
 */
public record HttpAccess(Optional<Path> clientCa, Optional<TokenFile> tokens) {
  private static final String BEARER = "bearer ";

  /** Whom a request is refused, in terms of HTTP. */
  enum Refusal {
    /** No certificate was shown. */
    NO_CERTIFICATE(401, "This feed takes requests with a client certificate only."),
    /** One was, of a root that is another feed's. */
    OTHER_CERTIFICATE(403, "This certificate may not send to this feed."),
    /** No bearer token. */
    NO_TOKEN(401, "This feed takes requests with a bearer token only."),
    /** One that is not listed. */
    OTHER_TOKEN(401, "The bearer token is not one of this feed."),
    /** A token that others could read on its way. */
    TOKEN_IN_CLEAR(
        403,
        "This feed takes bearer tokens over TLS only, or from the same machine. One that was sent"
            + " over plain HTTP could be read on its way: have it replaced."),
    /** Nobody can tell which feed it is. */
    NO_FEED(403, "Nothing may be sent here.");

    private final int status;
    private final String text;

    Refusal(int status, String text) {
      this.status = status;
      this.text = text;
    }

    HttpRefusal made() {
      return new HttpRefusal(status, text, this == NO_TOKEN || this == OTHER_TOKEN);
    }
  }

  /**
   * Who asks.
   *
   * @param chain empty where no certificate was shown
   * @param authorization blank where none was sent
   * @param inClear neither over TLS nor from a loopback address
   */
  record Sender(List<X509Certificate> chain, String authorization, boolean inClear) {
    Sender {
      chain = List.copyOf(chain);
    }
  }

  /** The rule with its roots read. */
  static final class Gate {
    private final Optional<X509ExtendedTrustManager> roots;
    private final Optional<TokenFile> tokens;

    private Gate(Optional<X509ExtendedTrustManager> roots, Optional<TokenFile> tokens) {
      this.roots = roots;
      this.tokens = tokens;
    }

    Optional<Refusal> refusal(Sender sender) {
      if (roots.isPresent()) {
        if (sender.chain().isEmpty()) {
          return Optional.of(Refusal.NO_CERTIFICATE);
        }
        if (!isSigned(sender.chain())) {
          return Optional.of(Refusal.OTHER_CERTIFICATE);
        }
      }
      return tokens.flatMap(file -> refusal(file, sender));
    }

    private static Optional<Refusal> refusal(TokenFile file, Sender sender) {
      if (sender.inClear()) {
        return Optional.of(Refusal.TOKEN_IN_CLEAR); // whether it is a right one is not said
      }
      String authorization = sender.authorization();
      if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
        return Optional.of(Refusal.NO_TOKEN);
      }
      return file.holds(authorization.substring(BEARER.length()).strip())
          ? Optional.empty()
          : Optional.of(Refusal.OTHER_TOKEN);
    }

    private boolean isSigned(List<X509Certificate> chain) {
      X509Certificate[] each = chain.toArray(X509Certificate[]::new);
      try {
        roots.orElseThrow().checkClientTrusted(each, each[0].getPublicKey().getAlgorithm());
        return true;
      } catch (CertificateException e) {
        return false;
      }
    }
  }

  /** IllegalArgumentException naming the file that cannot be used. */
  Gate gate() {
    tokens.ifPresent(TokenFile::require);
    try {
      return new Gate(clientCa.map(PemFiles::trust), tokens);
    } catch (PemException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
