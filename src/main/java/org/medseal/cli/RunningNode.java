package org.medseal.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.medseal.app.Installation;
import org.medseal.client.AdminClient;
import org.medseal.client.ClientException;
import org.medseal.home.Home;
import org.medseal.home.Settings;
import org.medseal.home.SettingsSource;

/** The institution of a home on this machine, asked without a login. */
final class RunningNode {
  private final AdminClient client;

  private RunningNode(AdminClient client) {
    this.client = client;
  }

  static RunningNode of(Home home) {
    home.requireInitialised();
    Settings settings = settings(home);
    try {
      return new RunningNode(
          AdminClient.at(
              URI.create("https://" + settings.admin()),
              Files.readString(home.adminCertificate())));
    } catch (IOException e) {
      throw new UncheckedIOException(home.adminCertificate() + " cannot be read", e);
    }
  }

  static Settings settings(Home home) {
    return Settings.of(
        new SettingsSource().over(Installation.here().settingsFile()).over(home.settingsFile()));
  }

  /** As this user; the code of the second factor is empty for who has none. */
  AdminClient login(String login, String password, String totp) {
    return client.login(login, password, totp);
  }

  /** ClientException when it does not run or answers anything but 200. */
  AdminClient.Answer get(String path, Map<String, String> query) {
    return (query.isEmpty() ? client.get(path) : client.get(path, query)).expect(200);
  }

  /** Whatever it answers; empty when nothing listens there. */
  Optional<AdminClient.Answer> answerIfRunning(String path) {
    try {
      return Optional.of(client.get(path));
    } catch (ClientException e) {
      if (e.getCause() instanceof ConnectException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** As {@link #get}, but empty when nothing listens there. */
  Optional<AdminClient.Answer> getIfRunning(String path, Map<String, String> query) {
    try {
      return Optional.of(get(path, query));
    } catch (ClientException e) {
      if (e.getCause() instanceof ConnectException) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
