package org.medseal.connectors.mllp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of a listener as its files are now: looked at when a connection begins, read when they have
 * changed. What cannot be read leaves the old in force and is tried again. Each reading has its own
 * context, so that no session outlives the roots it was checked by. Safe for use by threads.
 */
final class WatchedTls extends SSLContextSpi {
  /** So long files that could not be read and have not changed are left alone. */
  static final Duration RETRY = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(WatchedTls.class);

  private final FeedTls files;
  private final InstantSource clock;
  private SSLContext inForce;
  private String read;
  private String failed = "";
  private Instant failedAt = Instant.MIN;

  private WatchedTls(FeedTls files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
    this.read = look();
    this.inForce = files.fresh();
  }

  /** FeedTlsException where the files cannot be used now. */
  static SSLContext of(FeedTls files, InstantSource clock) {
    WatchedTls watched = new WatchedTls(files, clock);
    return new Context(watched, watched.inForce.getProvider());
  }

  private static final class Context extends SSLContext {
    Context(WatchedTls watched, Provider provider) {
      super(watched, provider, "TLS");
    }
  }

  private synchronized SSLContext current() {
    String now = look();
    if (now.equals(read) || (now.equals(failed) && isTooSoon())) {
      return inForce;
    }
    try {
      inForce = files.fresh();
      read = now;
      failed = "";
      LOG.info("TLS of {} is as its files are now", files.certificate());
    } catch (FeedTlsException e) {
      if (!now.equals(failed)) {
        LOG.warn("TLS stays as it was: {}", e.getMessage());
      }
      failed = now;
      failedAt = clock.instant();
    }
    return inForce;
  }

  private boolean isTooSoon() {
    Duration since = Duration.between(failedAt, clock.instant());
    return !since.isNegative() && since.compareTo(RETRY) < 0;
  }

  private String look() {
    return Stream.concat(Stream.of(files.certificate(), files.key()), files.clientCa().stream())
        .map(WatchedTls::stamp)
        .collect(Collectors.joining(" "));
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime() + "," + now.size() + "," + now.fileKey();
    } catch (IOException e) {
      return "none"; // between removing and writing
    }
  }

  @Override
  protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("the files of the feed say what keys and roots are");
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return current().createSSLEngine();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return current().createSSLEngine(host, port);
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return current().getSocketFactory();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return current().getServerSocketFactory();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return current().getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return current().getClientSessionContext();
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return current().getDefaultSSLParameters();
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return current().getSupportedSSLParameters();
  }
}
