package org.medseal.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Header;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.mail.MailSettings.Security;

/** Against a real SMTP server on this machine. */
class PostTest {
  private static final URI NODE = URI.create("https://medseal.hospital.example/");
  private static final Duration LASTS = Duration.ofMinutes(30);
  private @TempDir Path folder;
  private GreenMail server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  private MailSettings settings(String protocol, Security security, Optional<String> user)
      throws Exception {
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
    GreenMailConfiguration configuration = new GreenMailConfiguration();
    if (user.isPresent()) {
      configuration.withUser(user.get(), "a password");
    } else {
      configuration.withDisabledAuthentication();
    }
    server.withConfiguration(configuration);
    server.start();
    Path password = folder.resolve("password");
    Files.writeString(password, "a password\n");
    int port = protocol.equals("smtp") ? server.getSmtp().getPort() : server.getSmtps().getPort();
    return new MailSettings(
        new MailSettings.Server("127.0.0.1", port, security),
        "medseal@hospital.example",
        user.map(name -> new MailSettings.Account(name, password)),
        Optional.empty(),
        NODE);
  }

  private MimeMessage received() {
    assertThat(server.waitForIncomingEmail(30_000, 1)).isTrue();
    assertThat(server.getReceivedMessages()).hasSize(1);
    return server.getReceivedMessages()[0];
  }

  @Test
  void aRecoveryLinkGoesToOneAddressInBothLanguages() throws Exception {
    try (Post post = new Post(Optional.of(settings("smtp", Security.NONE, Optional.empty())))) {
      post.recovery(() -> Optional.of(new Post.Recovery("ann@ward.example", "ABCD-EFGH", LASTS)));
      MimeMessage letter = received();
      assertThat(letter.getAllRecipients()).hasSize(1);
      assertThat(letter.getAllRecipients()[0]).hasToString("ann@ward.example");
      assertThat(letter.getFrom()[0]).hasToString("medseal@hospital.example");
      assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(letter.getSubject()).isEqualTo("MedSeal：重设密码 / MedSeal: set a new password");
      assertThat(letter.getContent().toString())
          .contains("https://medseal.hospital.example/recover?code=ABCD-EFGH")
          .contains("within 30 minutes", "30 分钟内", "this hospital's MedSeal");
    }
  }

  /** RFC 5322, RFC 2045, RFC 3834; the last two are the server's own (RFC 5321 section 4.4). */
  @Test
  void aLetterCarriesHeadersOfTheStandardsOnly() throws Exception {
    try (Post post = new Post(Optional.of(settings("smtp", Security.NONE, Optional.empty())))) {
      post.notice("ann@ward.example", Notice.PASSWORD_CHANGED);
      List<String> names =
          Collections.list(received().getAllHeaders()).stream().map(Header::getName).toList();
      assertThat(names)
          .doesNotHaveDuplicates()
          .contains("Date", "From", "To", "Message-ID", "Subject", "MIME-Version", "Content-Type")
          .isSubsetOf(
              "Date",
              "From",
              "To",
              "Message-ID",
              "Subject",
              "MIME-Version",
              "Content-Type",
              "Content-Transfer-Encoding",
              "Auto-Submitted",
              "Return-Path",
              "Received");
      assertThat(received().getContentType()).isEqualTo("text/plain; charset=UTF-8");
    }
  }

  @Test
  void noticesNameNeitherLoginNorPerson() throws Exception {
    try (Post post = new Post(Optional.of(settings("smtp", Security.NONE, Optional.empty())))) {
      post.notice("", Notice.PASSWORD_CHANGED);
      post.notice("ann@ward.example", Notice.PASSWORD_CHANGED);
      String text = GreenMailUtil.getBody(received());
      assertThat(received().getSubject()).contains("密码已修改", "your password was changed");
      assertThat(text).doesNotContain("ann");
    }
  }

  @Test
  void everyNoticeHasATextInBothLanguages() {
    Letters letters = new Letters();
    for (Notice notice : Notice.values()) {
      Letter letter = letters.notice("ann@ward.example", notice);
      assertThat(letter.subject()).as(notice.name()).contains(" / ").contains("：");
      assertThat(letter.text()).contains("---", "administrator", "管理员").doesNotContain("''");
    }
  }

  /** The answer would tell by its time who exists, if it waited for the letter. */
  @Test
  void whoeverHandsOneInDoesNotWaitForIt() throws Exception {
    CountDownLatch mayWrite = new CountDownLatch(1);
    try (Post post = new Post(Optional.of(settings("smtp", Security.NONE, Optional.empty())))) {
      post.recovery(
          () -> {
            try {
              assertThat(mayWrite.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return Optional.of(new Post.Recovery("ann@ward.example", "CODE", LASTS));
          });
      assertThat(server.getReceivedMessages()).isEmpty();
      mayWrite.countDown();
      assertThat(received().getContent().toString()).contains("recover?code=CODE");
    }
  }

  @Test
  void whatCannotBeWrittenStopsNoOtherLetter() throws Exception {
    try (Post post = new Post(Optional.of(settings("smtp", Security.NONE, Optional.empty())))) {
      post.recovery(
          () -> {
            throw new IllegalStateException("the users' store failed");
          });
      post.recovery(Optional::empty);
      post.notice("ann@ward.example", Notice.SECOND_FACTOR_REMOVED);
      assertThat(received().getAllRecipients()[0]).hasToString("ann@ward.example");
    }
  }

  @Test
  void aLetterThatFailsInAnyWayTakesUpNoRoomAfterwards() throws Exception {
    MailSettings nowhere =
        new MailSettings(
            new MailSettings.Server("a:b:c", 25, Security.NONE),
            "medseal@hospital.example",
            Optional.empty(),
            Optional.empty(),
            NODE);
    CompletableFuture<Integer> waiting = new CompletableFuture<>();
    try (Post post = new Post(Optional.of(nowhere))) {
      post.notice("ann@ward.example", Notice.PASSWORD_CHANGED);
      post.recovery(
          () -> {
            waiting.complete(post.waiting());
            return Optional.empty();
          });
      assertThat(waiting.get(30, TimeUnit.SECONDS)).as("the second one itself").isEqualTo(1);
    }
  }

  @Test
  void anAddressOfIpv6StandsInBrackets() {
    assertThat(SmtpSender.inUri("::1")).isEqualTo("[::1]");
    assertThat(SmtpSender.inUri("[::1]")).isEqualTo("[::1]");
    assertThat(SmtpSender.inUri("mail.example")).isEqualTo("mail.example");
  }

  /** GreenMail's certificate is signed by nobody whom Java trusts. */
  @Test
  void aServerNobodyVouchesForGetsNoLetter() throws Exception {
    MailSettings settings = settings("smtps", Security.TLS, Optional.of("medseal"));
    try (SmtpSender sender = SmtpSender.open(settings)) {
      Letter letter = new Letters().notice("ann@ward.example", Notice.PASSWORD_CHANGED);
      assertThatThrownBy(() -> sender.send(letter)).isInstanceOf(MailException.class);
      assertThat(server.getReceivedMessages()).isEmpty();
    }
  }

  @Test
  void withoutSettingsNothingIsWritten() {
    try (Post post = Post.none()) {
      assertThat(post.isOn()).isFalse();
      post.recovery(
          () -> {
            throw new AssertionError("a letter that nobody sends was written");
          });
    }
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    MailSettings.Server plain = new MailSettings.Server("127.0.0.1", 25, Security.NONE);
    MailSettings.Account account = new MailSettings.Account("medseal", folder.resolve("p"));
    assertThatThrownBy(
            () ->
                new MailSettings(
                    plain, "m@h.example", Optional.of(account), Optional.empty(), NODE))
        .hasMessageContaining("unencrypted");
    for (String url : new String[] {"http://h.example", "https:///x", "medseal", "https://h?a=b"}) {
      assertThatThrownBy(
              () ->
                  new MailSettings(
                      plain, "m@h.example", Optional.empty(), Optional.empty(), URI.create(url)))
          .as(url)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Letter("a@b.example\r\nBcc: c@d.example", "s", "t"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
