package org.medseal.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.medseal.admin.SelfSigned;

/**
 * An SMTP server that encrypts after STARTTLS (RFC 3207), and notes each line and whether it did.
 */
final class UpgradingServer implements AutoCloseable {
  final Path authorities;
  private final List<Line> lines = new CopyOnWriteArrayList<>();
  private final SSLContext tls;
  private final ServerSocket listening;
  private final Thread thread;

  /** What a client sent. */
  record Line(boolean encrypted, String text) {
    boolean is(String verb) {
      return text.startsWith(verb);
    }
  }

  UpgradingServer(Path folder) throws Exception {
    SelfSigned own = SelfSigned.in(folder);
    authorities = own.certificate();
    tls = serving(own);
    listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    thread = new Thread(this::serve, "upgrading-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  private static SSLContext serving(SelfSigned own) throws Exception {
    try (InputStream in = Files.newInputStream(own.certificate())) {
      Certificate certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry("own", own.key(), new char[0], new Certificate[] {certificate});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        say(socket, "220 ready");
        talk(socket);
      } catch (IOException e) {
        if (!listening.isClosed()) {
          lines.add(new Line(false, "BROKEN " + e.getClass().getSimpleName()));
        }
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    boolean encrypted = socket instanceof SSLSocket;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      lines.add(new Line(encrypted, line));
      String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
      switch (verb) {
        case "EHLO" ->
            say(socket, encrypted ? "250-here\r\n250 AUTH PLAIN" : "250-here\r\n250 STARTTLS");
        case "STARTTLS" -> {
          say(socket, "220 go ahead");
          SSLSocket secure =
              (SSLSocket) tls.getSocketFactory().createSocket(socket, "127.0.0.1", port(), true);
          secure.setUseClientMode(false);
          secure.startHandshake();
          talk(secure);
          return;
        }
        case "AUTH" -> say(socket, "235 welcome");
        case "DATA" -> {
          say(socket, "354 go on");
          letter(in, encrypted);
          say(socket, "250 taken");
        }
        case "QUIT" -> {
          say(socket, "221 bye");
          return;
        }
        default -> say(socket, "250 well");
      }
    }
  }

  private void letter(BufferedReader in, boolean encrypted) throws IOException {
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      lines.add(new Line(encrypted, line));
    }
  }

  private static void say(Socket socket, String answer) throws IOException {
    socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() {
    try {
      listening.close();
      thread.join(30_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
