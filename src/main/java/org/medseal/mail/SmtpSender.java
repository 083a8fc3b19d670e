package org.medseal.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.component.mail.MailConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.medseal.mail.MailException.Reason;
import org.medseal.mail.MailSettings.Security;

/**
 * camel-mail in a context of its own, apart from the feeds': with a route changed or stopped,
 * people still get their letters. One thread at a time.
 */
final class SmtpSender implements AutoCloseable {
  private static final String TIMEOUT_MS = "20000";

  private final CamelContext camel;
  private final ProducerTemplate producer;
  private final String uri;

  private SmtpSender(CamelContext camel, String uri) {
    this.camel = camel;
    this.producer = camel.createProducerTemplate();
    this.uri = uri;
  }

  /** Not connected yet; SETTINGS when a file of the settings cannot be read. */
  static SmtpSender open(MailSettings settings) {
    String scheme = settings.server().security() == Security.TLS ? "smtps" : "smtp";
    DefaultCamelContext camel = new DefaultCamelContext();
    MailComponent mail = new MailComponent();
    mail.setConfiguration(configuration(settings, scheme));
    camel.addComponent(scheme, mail);
    camel.start();
    return new SmtpSender(
        camel, scheme + "://" + inUri(settings.server().host()) + ":" + settings.server().port());
  }

  /** RFC 3986 section 3.2.2: an address of IPv6 stands in brackets. */
  static String inUri(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  /** NOT_SENT with the kind of failure only: a server's words may quote the address. */
  void send(Letter letter) {
    try {
      producer.sendBodyAndHeaders(
          uri,
          letter.text(),
          Map.of(
              MailConstants.MAIL_TO,
              letter.to(),
              MailConstants.MAIL_SUBJECT,
              letter.subject(),
              "Auto-Submitted",
              "auto-generated"));
    } catch (CamelExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new MailException(Reason.NOT_SENT, cause.getClass().getName(), quiet(cause));
    }
  }

  private static Throwable quiet(Throwable failure) {
    Throwable quiet = new Throwable(failure.getClass().getName());
    quiet.setStackTrace(failure.getStackTrace());
    return quiet;
  }

  private static MailConfiguration configuration(MailSettings settings, String scheme) {
    MailConfiguration mail = new MailConfiguration();
    mail.setFrom(settings.from());
    // Named so as a header of the exchange, it would also stand in the letter under that name.
    mail.setContentType("text/plain; charset=UTF-8");
    mail.setConnectionTimeout(Integer.parseInt(TIMEOUT_MS));
    settings
        .account()
        .ifPresent(
            account -> {
              mail.setUsername(account.name());
              mail.setPassword(firstLine(account.passwordFile()));
            });
    Properties more = new Properties();
    String prefix = "mail." + scheme + ".";
    more.setProperty(prefix + "timeout", TIMEOUT_MS);
    more.setProperty(prefix + "writetimeout", TIMEOUT_MS);
    if (settings.server().security() != Security.NONE) {
      more.setProperty(prefix + "ssl.checkserveridentity", "true");
      more.setProperty(prefix + "ssl.protocols", "TLSv1.3 TLSv1.2");
      settings.authorities().ifPresent(file -> more.put(prefix + "ssl.socketFactory", trust(file)));
    }
    if (settings.server().security() == Security.STARTTLS) {
      more.setProperty(prefix + "starttls.enable", "true");
      more.setProperty(prefix + "starttls.required", "true");
    }
    mail.setAdditionalJavaMailProperties(more);
    return mail;
  }

  private static String firstLine(Path file) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      return lines.isEmpty() ? "" : lines.get(0);
    } catch (IOException e) {
      throw new MailException(Reason.SETTINGS, "medseal.mail.passwordFile cannot be read", e);
    }
  }

  private static SSLSocketFactory trust(Path authorities) {
    try (InputStream in = Files.newInputStream(authorities)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        trusted.setCertificateEntry("authority-" + trusted.size(), each);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new MailException(Reason.SETTINGS, "medseal.mail.authorities cannot be read", e);
    }
  }

  @Override
  public void close() {
    producer.stop();
    camel.stop();
  }
}
