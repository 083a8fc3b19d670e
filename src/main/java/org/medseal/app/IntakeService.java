package org.medseal.app;

import java.net.BindException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.PluginHelper;
import org.medseal.connectors.intake.IntakeBeans;
import org.medseal.connectors.intake.LineSettings;
import org.medseal.home.HomeException;

/** Camel with the feeds and the way to the ledger, from the YAML files of some folders. */
final class IntakeService implements AutoCloseable {
  private final Main main = new Main();
  private final List<Path> folders;

  /** Nothing runs yet; every bean is found by its type. */
  IntakeService(
      List<Path> folders,
      Map<String, String> properties,
      Map<String, LineSettings> lines,
      List<Object> beans) {
    this.folders = List.copyOf(folders);
    Properties all = new Properties();
    all.putAll(properties);
    lines.forEach((feed, line) -> all.putAll(line.properties(feed)));
    IntakeBeans.Settings bounds = IntakeBeans.Settings.defaults().withLines(lines);
    main.setOverrideProperties(all);
    main.setDefaultPropertyPlaceholderLocation("false");
    main.configure().withName("medseal").withRoutesIncludePattern(pattern());
    main.configure().withAutoStartup(true).withShutdownTimeout(10);
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeConfigure(BaseMainSupport starting) {
            ExtendedCamelContext extended = starting.getCamelContext().getCamelContextExtension();
            ComponentResolver usual = PluginHelper.getComponentResolver(extended);
            extended.addContextPlugin(ComponentResolver.class, new AllowedComponents(usual));
            Registry registry = starting.getCamelContext().getRegistry();
            beans.forEach(bean -> registry.bind(bean.getClass().getSimpleName(), bean));
            IntakeBeans.bind(registry, bounds, InstantSource.system());
          }
        });
  }

  /** Feeds listen when it returns; ROUTES or PORT_TAKEN in one line otherwise. */
  void start() {
    try {
      main.start();
    } catch (Exception e) { // Camel's own signature
      throw refused(e);
    }
    if (context().getRoutes().isEmpty()) {
      throw new HomeException(HomeException.Reason.ROUTES, "no route in " + folders);
    }
  }

  CamelContext context() {
    return main.getCamelContext();
  }

  @Override
  public void close() {
    main.stop();
  }

  private String pattern() {
    return folders.stream()
        .map(folder -> "file:" + folder + "/**/*.yaml")
        .reduce((a, b) -> a + "," + b)
        .orElseThrow();
  }

  private HomeException refused(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new HomeException(
            HomeException.Reason.PORT_TAKEN, "a feed's port is taken: " + cause.getMessage(), e);
      }
    }
    return new HomeException(HomeException.Reason.ROUTES, "routes cannot start: " + oneLine(e), e);
  }

  private static String oneLine(Exception e) {
    Throwable root = e;
    StringBuilder text = new StringBuilder(String.valueOf(e.getMessage()));
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root != e) {
      text.append(": ").append(root.getMessage());
    }
    return text.toString().replaceAll("\\s+", " ");
  }
}
