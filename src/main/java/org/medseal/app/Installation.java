package org.medseal.app;

import java.nio.file.Files;
import java.nio.file.Path;
import org.medseal.home.HomeException;

/** The folder MedSeal is installed in: routes and config are read from there. */
public record Installation(Path root) {
  private static final String PROPERTY = "medseal.dir";

  /** As the start script says, else the working directory; SETTINGS when it holds no config. */
  public static Installation here() {
    Path root = Path.of(System.getProperty(PROPERTY, ".")).toAbsolutePath().normalize();
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

  public Path routes() {
    return root.resolve("routes");
  }

  public Path samples() {
    return root.resolve("samples");
  }

  public Path settingsFile() {
    return config().resolve("application.properties");
  }
}
