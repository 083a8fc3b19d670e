package org.medseal.home;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.medseal.mail.MailSettings;
import org.medseal.mail.MailSettings.Security;

/** {@code medseal.mail.*}: off without a host. */
final class MailSource {
  private static final String PREFIX = "medseal.mail.";
  private static final String HOST = PREFIX + "host";
  private static final String PORT = PREFIX + "port";
  private static final String SECURITY = PREFIX + "security";
  private static final String FROM = PREFIX + "from";
  private static final String USER = PREFIX + "user";
  private static final String PASSWORD_FILE = PREFIX + "passwordFile";
  private static final String AUTHORITIES = PREFIX + "authorities";
  private static final String PUBLIC_URL = "medseal.admin.publicUrl";
  static final Set<String> KEYS =
      Set.of(HOST, PORT, SECURITY, FROM, USER, PASSWORD_FILE, AUTHORITIES, PUBLIC_URL);

  private MailSource() {}

  static Optional<MailSettings> of(SettingsSource source, Endpoint admin, Path home) {
    if (source.find(HOST).isEmpty()) {
      return Optional.empty();
    }
    Security security =
        source.find(SECURITY).isPresent()
            ? source.parsed(SECURITY, text -> Security.valueOf(text.toUpperCase(Locale.ROOT)))
            : Security.STARTTLS;
    int port =
        source.find(PORT).isPresent() ? source.parsed(PORT, Integer::parseInt) : usual(security);
    Optional<MailSettings.Account> account =
        source
            .find(USER)
            .map(name -> new MailSettings.Account(name, home.resolve(source.get(PASSWORD_FILE))));
    URI publicUrl =
        source.find(PUBLIC_URL).isPresent()
            ? source.parsed(PUBLIC_URL, URI::create)
            : URI.create("https://" + admin);
    String from = source.get(FROM);
    try {
      return Optional.of(
          new MailSettings(
              new MailSettings.Server(source.get(HOST), port, security),
              from,
              account,
              source.find(AUTHORITIES).map(home::resolve),
              publicUrl));
    } catch (IllegalArgumentException e) {
      throw source.wrong(HOST, "and those beside it do not fit: " + e.getMessage());
    }
  }

  private static int usual(Security security) {
    return switch (security) {
      case STARTTLS -> 587;
      case TLS -> 465;
      case NONE -> 25;
    };
  }
}
