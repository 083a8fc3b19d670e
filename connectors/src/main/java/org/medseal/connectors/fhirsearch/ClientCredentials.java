package org.medseal.connectors.fhirsearch;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * OAuth 2.0 client credentials (RFC 6749 section 4.4): with a shared secret, or with a signed
 * assertion as SMART backend services have it.
 *
 * @param tokenUrl where tokens are given out; https, or http on the loopback address
 * @param scope such as {@code system/*.read}; empty for what the server gives by itself
 */
public record ClientCredentials(URI tokenUrl, String clientId, String scope, Proof proof) {

  /** What shows that we are that client. */
  public sealed interface Proof {
    /** One line in a file, read at every use; sent as RFC 6749 section 2.3.1 says (Basic). */
    record Secret(Path file) implements Proof {}

    /**
     * RFC 7523: a PKCS #8 key in PEM, RSA (RS384) or EC P-384 (ES384).
     *
     * @param keyId of the public key the server knows
     */
    record Key(Path file, Optional<String> keyId) implements Proof {}
  }

  public ClientCredentials {
    boolean secure = "https".equals(tokenUrl.getScheme());
    boolean loopback =
        "http".equals(tokenUrl.getScheme())
            && java.util.List.of("127.0.0.1", "localhost", "[::1]").contains(tokenUrl.getHost());
    if (!secure && !loopback) {
      throw new IllegalArgumentException("a token address begins with https");
    }
    if (clientId.isBlank()) {
      throw new IllegalArgumentException("client credentials need a client id");
    }
  }
}
