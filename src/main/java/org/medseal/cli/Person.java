package org.medseal.cli;

import org.medseal.client.AdminClient;
import org.medseal.home.Passphrase;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who acts through the running node of a home. */
final class Person {
  @Mixin private AtHome at;
  @Mixin private PasswordFile passwordFile;

  @Option(names = "--login", required = true, description = "An administrator's login.")
  private String login;

  @Option(names = "--totp", description = "Code of the authenticator app, where one is set up.")
  private String totp = "";

  AdminClient client() {
    RunningNode node = at.node();
    char[] password = passwordFile.read();
    try {
      return node.login(login, new String(password), totp);
    } finally {
      Passphrase.wipe(password);
    }
  }
}
