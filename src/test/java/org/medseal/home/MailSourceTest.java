package org.medseal.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.medseal.mail.MailSettings;
import org.medseal.mail.MailSettings.Security;

class MailSourceTest {
  private static final Path HOME = Path.of("/home-of-h");
  private static final Map<String, String> LEAST =
      Map.of("medseal.mail.host", "smtp.h.example", "medseal.mail.from", "medseal@h.example");

  private static Settings settings(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(more);
    all.put("medseal.institution", "h");
    return Settings.of(
        new SettingsSource().over(Path.of("config/application.properties")).over(all, "a test"));
  }

  private static Map<String, String> with(String key, String value) {
    Map<String, String> all = new TreeMap<>(LEAST);
    all.put(key, value);
    return all;
  }

  @Test
  void withoutAHostThereIsNoMail() {
    assertThat(settings(Map.of()).mail(HOME)).isEmpty();
  }

  @Test
  void itIsEncryptedUnlessSaidOtherwise() {
    MailSettings mail = settings(LEAST).mail(HOME).orElseThrow();
    assertThat(mail.server())
        .isEqualTo(new MailSettings.Server("smtp.h.example", 587, Security.STARTTLS));
    assertThat(mail.publicUrl()).isEqualTo(URI.create("https://127.0.0.1:8443"));
    MailSettings tls = settings(with("medseal.mail.security", "tls")).mail(HOME).orElseThrow();
    assertThat(tls.server().port()).isEqualTo(465);
  }

  @Test
  void filesLieInTheHome() {
    Map<String, String> all = with("medseal.mail.user", "medseal");
    all.put("medseal.mail.passwordFile", "config/mail-password");
    assertThat(settings(all).mail(HOME).orElseThrow().account().orElseThrow().passwordFile())
        .isEqualTo(HOME.resolve("config/mail-password"));
  }

  @Test
  void whatCannotBeStopsTheStartAndNamesItsKey() {
    Map<String, String> wrong =
        Map.of(
            "medseal.mail.port", "99999",
            "medseal.mail.security", "ssl3",
            "medseal.mail.from", "nobody",
            "medseal.mail.user", "without-a-password-file",
            "medseal.admin.publicUrl", "http://h.example",
            "medseal.mail.hots", "h");
    wrong.forEach(
        (key, value) ->
            assertThatThrownBy(() -> settings(with(key, value)))
                .as(key)
                .isInstanceOf(HomeException.class)
                .hasMessageContaining(key.equals("medseal.mail.hots") ? key : "medseal.mail."));
  }
}
