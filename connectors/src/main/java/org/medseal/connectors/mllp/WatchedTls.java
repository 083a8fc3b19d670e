package org.medseal.connectors.mllp;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys and roots of a listener as its files are now: looked at when a connection begins, read
 * when they have changed. What cannot be read leaves the old in force. Safe for use by threads.
 */
final class WatchedTls {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedTls.class);
  private static final int GENERATIONS_KEPT = 4;

  private final FeedTls files;

  /** By number: a handshake asks for its key after it has chosen, maybe after a change. */
  private final Map<Integer, FeedTls.Material> generations = new ConcurrentHashMap<>();

  private int newest;
  private String seen;

  WatchedTls(FeedTls files) {
    this.files = files;
    this.seen = look();
    generations.put(newest, files.read());
  }

  /** The number of the generation in force. */
  private synchronized int current() {
    String now = look();
    if (!now.equals(seen)) {
      seen = now;
      try {
        FeedTls.Material read = files.read();
        newest++;
        generations.put(newest, read);
        generations.remove(newest - GENERATIONS_KEPT);
        LOG.info("TLS of {} is as its files are now", files.certificate());
      } catch (FeedTlsException e) {
        LOG.warn("TLS stays as it was: {}", e.getMessage());
      }
    }
    return newest;
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

  X509ExtendedKeyManager keys() {
    return new Keys();
  }

  X509ExtendedTrustManager trust() {
    return new Trust();
  }

  private final class Keys extends X509ExtendedKeyManager {
    @Override
    public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
      int generation = current();
      String alias =
          generations.get(generation).keys().chooseEngineServerAlias(type, issuers, engine);
      return alias == null ? null : generation + ":" + alias;
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      int generation = current();
      String alias = generations.get(generation).keys().chooseServerAlias(type, issuers, socket);
      return alias == null ? null : generation + ":" + alias;
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return of(alias).keys().getPrivateKey(name(alias));
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return of(alias).keys().getCertificateChain(name(alias));
    }

    private FeedTls.Material of(String alias) {
      int generation = Integer.parseInt(alias.substring(0, alias.indexOf(':')));
      FeedTls.Material kept = generations.get(generation);
      return kept == null ? generations.get(current()) : kept;
    }

    private String name(String alias) {
      return alias.substring(alias.indexOf(':') + 1);
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[0]; // only asked for by choosing, which is done above
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return null; // a listener is no client
    }
  }

  private final class Trust extends X509ExtendedTrustManager {
    private X509ExtendedTrustManager roots() {
      return generations.get(current()).trust().orElseThrow();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      roots().checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      roots().checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      roots().checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("a listener trusts no server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("a listener trusts no server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("a listener trusts no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return roots().getAcceptedIssuers();
    }
  }
}
