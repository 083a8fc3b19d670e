package org.medseal.app;

import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.medseal.connectors.httpaccess.AskingVertx;
import org.medseal.connectors.httpaccess.RouteReach;
import org.medseal.connectors.inbox.LeftFiles;
import org.medseal.home.HomeException;
import org.medseal.routes.AllowedComponents;
import org.medseal.routes.CheckedRoutes;

/** Camel with the feeds and the way to the ledger, from route files. */
final class IntakeService implements AutoCloseable {
  private final Main main = new Main();
  private final CheckedRoutes routes;
  private final RouteFeeds feeds = new RouteFeeds(this::context);

  /** Nothing runs yet; every bean is found by its type. */
  IntakeService(
      CheckedRoutes routes,
      Map<String, String> properties,
      Consumer<Registry> bound,
      List<Object> beans) {
    this.routes = routes;
    Properties all = new Properties();
    all.putAll(properties);
    main.setOverrideProperties(all);
    main.setDefaultPropertyPlaceholderLocation("false");
    main.configure().withName("medseal").withRoutesIncludePattern("false");
    main.configure().withAutoStartup(false).withShutdownTimeout(10);
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeConfigure(BaseMainSupport starting) {
            AllowedComponents.in(starting.getCamelContext());
            starting.getCamelContext().addLifecycleStrategy(new LeftFiles());
            Registry registry = starting.getCamelContext().getRegistry();
            beans.forEach(bean -> registry.bind(bean.getClass().getSimpleName(), bean));
            bound.accept(registry);
            // The only listener that takes the context's own is the one for FHIR.
            SSLContextParameters tls =
                registry.lookupByNameAndType(RouteProperties.FHIR_TLS, SSLContextParameters.class);
            starting.getCamelContext().setSSLContextParameters(tls);
            if (tls != null && tls.getTrustManagers() != null) {
              AskingVertx.in(starting.getCamelContext());
            }
          }

          @Override
          public void afterConfigure(BaseMainSupport starting) {
            load(starting.getCamelContext());
          }
        });
  }

  /**
   * Feeds listen when it returns, but for those that say FAILED; ROUTES or PORT_TAKEN in one line
   * if the way to the ledger cannot start.
   */
  void start() {
    try {
      main.start();
      feeds.startAll();
      context().setAutoStartup(true);
    } catch (Exception e) { // Camel's own signature
      throw refused(e);
    }
    if (context().getRoutes().isEmpty()) {
      throw new HomeException(HomeException.Reason.ROUTES, "there is no route");
    }
  }

  RouteFeeds feeds() {
    return feeds;
  }

  CamelContext context() {
    return main.getCamelContext();
  }

  @Override
  public void close() {
    main.stop();
  }

  private void load(CamelContext context) {
    try {
      routes.files().loadInto(context);
      CamelContextHelper.mandatoryFindSingleByType(context, RouteReach.class)
          .begin(routes.reached());
    } catch (Exception e) { // Camel's own signature
      throw refused(e);
    }
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
