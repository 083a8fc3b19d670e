package org.medseal.admin;

import java.nio.file.Path;

/**
 * Where the endpoint listens.
 *
 * @param port 0 for any free one
 * @param certificatePem the chain shown to callers
 * @param keyPem its PKCS#8 key, unencrypted, readable by the node only
 */
public record AdminSettings(
    String host, int port, Path certificatePem, Path keyPem, AdminLimits limits) {
  public static final String LOOPBACK = "127.0.0.1";

  public AdminSettings {
    if (host.isBlank() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException("the admin endpoint needs a host and a port 0 to 65535");
    }
  }

  public static AdminSettings onLoopback(int port, Path certificatePem, Path keyPem) {
    return new AdminSettings(LOOPBACK, port, certificatePem, keyPem, AdminLimits.defaults());
  }
}
