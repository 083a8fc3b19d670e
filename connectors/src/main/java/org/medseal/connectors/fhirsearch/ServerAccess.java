package org.medseal.connectors.fhirsearch;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How a server is convinced of us, and we of it.
 *
 * @param bearerTokenFile one line, read at every request; empty for none
 * @param client OAuth 2.0 client credentials (SMART backend services); not beside a token file
 * @param caCertificate PEM file of the only roots trusted; empty for those of the JDK
 */
public record ServerAccess(
    Optional<Path> bearerTokenFile,
    Optional<ClientCredentials> client,
    Optional<Path> caCertificate) {
  public ServerAccess {
    Objects.requireNonNull(caCertificate);
    if (bearerTokenFile.isPresent() && client.isPresent()) {
      throw new IllegalArgumentException("either a token file or client credentials, not both");
    }
  }

  public static ServerAccess open() {
    return new ServerAccess(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
