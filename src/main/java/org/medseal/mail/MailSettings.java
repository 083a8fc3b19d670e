package org.medseal.mail;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The SMTP server that takes this node's letters.
 *
 * @param from the address they come from
 * @param account for a server that wants one; never sent unencrypted
 * @param authorities PEM of who signs the server's certificate; empty for those Java trusts
 * @param publicUrl where people's browsers find this node; links in letters begin with it
 */
public record MailSettings(
    Server server,
    String from,
    Optional<Account> account,
    Optional<Path> authorities,
    URI publicUrl) {

  /** How the way to the server is protected. */
  public enum Security {
    /** Encrypted after a greeting, or not at all: a server that cannot is refused. */
    STARTTLS,
    /** Encrypted from the first byte. */
    TLS,
    /** Not at all. */
    NONE
  }

  /**
   * Where it is.
   *
   * @param port 1 to 65535
   */
  public record Server(String host, int port, Security security) {
    public Server {
      if (!host.matches("[A-Za-z0-9.:-]+") || port < 1 || port > 65_535) {
        throw new IllegalArgumentException("a mail server has a host and a port 1 to 65535");
      }
    }
  }

  /** The password is in the first line of a file that its owner alone can read. */
  public record Account(String name, Path passwordFile) {}

  public MailSettings {
    if (!Letter.isAddress(from)) {
      throw new IllegalArgumentException("the sender of mail is no e-mail address");
    }
    if (account.isPresent() && server.security() == Security.NONE) {
      throw new IllegalArgumentException("a mail account's password is not sent unencrypted");
    }
    String scheme = String.valueOf(publicUrl.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") || publicUrl.getHost() == null || publicUrl.getQuery() != null) {
      throw new IllegalArgumentException("the public address begins with https:// and a host");
    }
  }

  /** The page that takes the code. */
  String recoverLink(String code) {
    String base = publicUrl.toString().replaceAll("/+$", "");
    return base + "/recover?code=" + code;
  }
}
