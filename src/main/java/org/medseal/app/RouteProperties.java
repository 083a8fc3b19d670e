package org.medseal.app;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.spi.Registry;
import org.medseal.connectors.fhirpush.FhirPush;
import org.medseal.connectors.intake.HttpTlsParameters;
import org.medseal.connectors.intake.IntakeBeans;
import org.medseal.home.Home;
import org.medseal.home.Settings;
import org.medseal.routes.RouteCheck;

/** What the route files of an institution are filled in with. */
public final class RouteProperties {
  /** Above what the FHIR service itself refuses, so that its answer is the one given. */
  private static final long FHIR_BODY_BYTES = 2L * FhirPush.DEFAULT_MAX_BYTES;

  /** Bean with the TLS of the FHIR listener; without it that one takes plain HTTP. */
  static final String FHIR_TLS = "fhirTls";

  private RouteProperties() {}

  /** A check with these and the beans that routes name. */
  public static RouteCheck check(Home home, Settings settings) {
    return new RouteCheck(of(home, settings), beans(home, settings));
  }

  static Consumer<Registry> beans(Home home, Settings settings) {
    IntakeBeans.Settings bounds =
        IntakeBeans.Settings.defaults()
            .withLines(settings.lines(home.root()))
            .withAccess(settings.httpAccess(home.root()))
            .withFileRests(settings.fileRests());
    return registry -> {
      IntakeBeans.bind(registry, bounds, InstantSource.system());
      settings
          .fhirTls(home.root())
          .ifPresent(
              tls ->
                  registry.bind(FHIR_TLS, new HttpTlsParameters(tls, senderRoots(home, settings))));
    };
  }

  /** Of the certificates that any feed wants of its senders over HTTP. */
  static Set<Path> senderRoots(Home home, Settings settings) {
    return settings.httpAccess(home.root()).values().stream()
        .flatMap(access -> access.clientCa().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static Map<String, String> of(Home home, Settings settings) {
    Map<String, String> all = new HashMap<>();
    settings.source().keys().stream()
        .filter(key -> !key.startsWith("medseal."))
        .forEach(key -> all.put(key, settings.source().get(key)));
    all.put("mllp.host", settings.mllp().host());
    all.put("mllp.port", String.valueOf(settings.mllp().port()));
    all.putAll(settings.dicom().properties());
    all.put("camel.main.logMask", "true");
    all.put("camel.main.profile", "prod");
    all.put("camel.security.policy", "fail");
    all.put("camel.server.enabled", "true");
    all.put("camel.server.fileUploadEnabled", "false");
    all.put("camel.server.maxBodySize", String.valueOf(FHIR_BODY_BYTES));
    all.put("camel.server.host", settings.fhir().host());
    all.put("camel.server.port", String.valueOf(settings.fhir().port()));
    if (settings.fhirTls(home.root()).isPresent()) {
      all.put("camel.server.useGlobalSslContextParameters", "true");
    }
    for (String kind : List.of("hl7", "fhir", "dicom")) {
      all.put("drop." + kind, home.drop(kind).toString());
    }
    settings.lines(home.root()).forEach((feed, line) -> all.putAll(line.properties(feed)));
    return all;
  }
}
