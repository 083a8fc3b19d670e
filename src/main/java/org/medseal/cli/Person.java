package org.medseal.cli;

import java.nio.file.Path;
import org.medseal.client.AdminClient;
import org.medseal.home.Home;
import org.medseal.home.HomeException;
import org.medseal.home.Passphrase;
import picocli.CommandLine.Option;

/** Who acts through the running node of a home. */
final class Person {
  @Option(names = "--home", defaultValue = "home", description = "The institution's folder.")
  private Path home;

  @Option(names = "--login", required = true, description = "An administrator's login.")
  private String login;

  @Option(
      names = "--password-file",
      description = "File whose first line is the password; else a prompt.")
  private Path passwordFile;

  AdminClient client() {
    char[] password = passwordFile == null ? prompt() : Passphrase.read(passwordFile);
    try {
      return RunningNode.of(new Home(home)).login(login, new String(password));
    } finally {
      Passphrase.wipe(password);
    }
  }

  private static char[] prompt() {
    return Passphrase.prompt("Password")
        .orElseThrow(
            () ->
                new HomeException(
                    HomeException.Reason.PASSPHRASE, "no password: give --password-file"));
  }
}
