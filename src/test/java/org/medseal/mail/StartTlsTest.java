package org.medseal.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.mail.MailSettings.Security;

/** Letters under STARTTLS: encrypted to who is vouched for by the name asked for, or not at all. */
class StartTlsTest {
  private static final Letter LETTER =
      new Letters().notice("ann@ward.example", Notice.PASSWORD_CHANGED);
  private @TempDir Path folder;
  private UpgradingServer server;

  @BeforeEach
  void start() throws Exception {
    server = new UpgradingServer(folder.resolve("server"));
    Files.writeString(folder.resolve("password"), "a password\n");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private MailSettings settings(String host, int port, Optional<Path> authorities) {
    return new MailSettings(
        new MailSettings.Server(host, port, Security.STARTTLS),
        "medseal@hospital.example",
        Optional.of(new MailSettings.Account("medseal", folder.resolve("password"))),
        authorities,
        URI.create("https://medseal.hospital.example"));
  }

  private static void assertNotSent(MailSettings settings) {
    try (SmtpSender sender = SmtpSender.open(settings)) {
      assertThatThrownBy(() -> sender.send(LETTER))
          .isInstanceOfSatisfying(
              MailException.class,
              e -> assertThat(e.reason()).isEqualTo(MailException.Reason.NOT_SENT));
    }
  }

  @Test
  void passwordAndLetterGoOnlyOnceTheLineIsEncrypted() {
    MailSettings settings = settings("127.0.0.1", server.port(), Optional.of(server.authorities));
    try (SmtpSender sender = SmtpSender.open(settings)) {
      sender.send(LETTER);
    }
    assertThat(server.lines())
        .filteredOn(line -> !line.encrypted())
        .extracting(line -> line.text().split(" ", 2)[0])
        .containsExactly("EHLO", "STARTTLS");
    String secret =
        Base64.getEncoder()
            .encodeToString("medseal\0medseal\0a password".getBytes(StandardCharsets.UTF_8));
    assertThat(server.lines())
        .filteredOn(UpgradingServer.Line::encrypted)
        .anyMatch(line -> line.is("AUTH PLAIN") && line.text().contains(secret))
        .anyMatch(line -> line.is("RCPT TO:<ann@ward.example>"))
        .anyMatch(line -> line.is("Subject:"));
  }

  @Test
  void aServerNobodyVouchesForGetsNeitherPasswordNorLetter() {
    assertNotSent(settings("127.0.0.1", server.port(), Optional.empty()));
    assertNothingButGreetings();
  }

  @Test
  void aServerOfAnotherNameGetsNeitherPasswordNorLetter() {
    assertNotSent(settings("localhost", server.port(), Optional.of(server.authorities)));
    assertNothingButGreetings();
  }

  private void assertNothingButGreetings() {
    assertThat(server.lines()).anyMatch(line -> line.is("STARTTLS"));
    assertThat(server.lines())
        .noneMatch(line -> line.is("AUTH") || line.is("MAIL") || line.is("RCPT"));
  }

  /** GreenMail offers none. */
  @Test
  void aServerWithoutItIsRefused() {
    GreenMail plain = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    plain.start();
    try {
      int port = plain.getSmtp().getPort();
      assertNotSent(settings("127.0.0.1", port, Optional.of(server.authorities)));
      assertThat(plain.getReceivedMessages()).isEmpty();
    } finally {
      plain.stop();
    }
  }
}
