package org.medseal.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.medseal.connectors.deidentify.UnlistedAuthority;

/**
 * How a demo is to run.
 *
 * @param home folder that will hold the hospitals' homes and demo.json
 * @param unlisted what the feeds do with authorities nobody listed; empty for the settings' default
 * @param once end when every step has held, instead of going on until stopped
 */
public record DemoOptions(
    int hospitals, Path home, Optional<UnlistedAuthority> unlisted, boolean once) {
  public DemoOptions {
    if (hospitals < 2) {
      throw new IllegalArgumentException("a demo needs at least two hospitals: one asks another");
    }
    home = home.toAbsolutePath().normalize();
  }

  /** What each hospital's {@code run} is given besides its home. */
  List<String> runOptions() {
    return unlisted
        .map(choice -> List.of("--unlisted", choice.name().toLowerCase(Locale.ROOT)))
        .orElse(List.of());
  }
}
