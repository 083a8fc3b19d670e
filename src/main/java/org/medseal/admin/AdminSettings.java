package org.medseal.admin;

import java.nio.file.Path;
import java.security.PrivateKey;

/**
 * Where the endpoint listens.
 *
 * @param port 0 for any free one
 * @param certificatePem the chain shown to callers
 * @param key the chain's private key; it is never written down unencrypted
 */
public record AdminSettings(
    String host, int port, Path certificatePem, PrivateKey key, AdminLimits limits) {
  public static final String LOOPBACK = "127.0.0.1";

  public AdminSettings {
    if (host.isBlank() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException("the admin endpoint needs a host and a port 0 to 65535");
    }
  }
}
