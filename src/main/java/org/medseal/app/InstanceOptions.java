package org.medseal.app;

import java.util.Map;
import org.medseal.home.Home;

/**
 * What an instance is started with.
 *
 * @param overrides settings of the command line, over those of the files
 */
public record InstanceOptions(Home home, Map<String, String> overrides) {
  public InstanceOptions {
    overrides = Map.copyOf(overrides);
  }
}
