package org.medseal.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.medseal.home.Home;
import org.medseal.home.HomeException;

/** The folder MedSeal is installed in: routes and config are read from there. */
public record Installation(Path root) {
  private static final String PROPERTY = "medseal.dir";

  /**
   * The working directory if it holds routes and config, else where the start script stands;
   * SETTINGS when neither does.
   */
  public static Installation here() {
    Path working = Path.of("").toAbsolutePath();
    boolean own =
        Files.isDirectory(working.resolve("routes"))
            && Files.isDirectory(working.resolve("config"));
    Path root =
        own ? working : Path.of(System.getProperty(PROPERTY, ".")).toAbsolutePath().normalize();
    if (!Files.isDirectory(root.resolve("config"))) {
      throw new HomeException(
          HomeException.Reason.SETTINGS,
          "no config folder in " + root + ": start MedSeal from where it is installed");
    }
    return new Installation(root);
  }

  public Path config() {
    return root.resolve("config");
  }

  /** Identifiers and rules: the home's own, where it has a full set, else the installation's. */
  public Path config(Home home) {
    boolean own =
        Files.exists(home.config().resolve("identifiers.yaml"))
            && Files.isDirectory(home.config().resolve("deid"));
    return own ? home.config() : config();
  }

  public Path routes() {
    return root.resolve("routes");
  }

  /** The installation's route files, and after them those of the home, which stand for the same. */
  public List<Path> routeFolders(Home home) {
    Path own = home.config().resolve("routes");
    return Files.isDirectory(own) ? List.of(routes(), own) : List.of(routes());
  }

  public Path samples() {
    return root.resolve("samples");
  }

  public Path settingsFile() {
    return config().resolve("application.properties");
  }
}
