package org.medseal.home;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.connectors.httpaccess.HttpAccess;
import org.medseal.connectors.httpaccess.TokenFile;

/** Which feeds want a certificate or a token of those who send to them over HTTP. */
final class HttpAccessSettings {
  private HttpAccessSettings() {}

  /** Files lie relative to the home; SETTINGS for a certificate that nobody could be asked for. */
  static Map<String, HttpAccess> of(
      SettingsSource source, Iterable<String> feeds, Path home, boolean isTls) {
    Map<String, HttpAccess> all = new TreeMap<>();
    for (String feed : feeds) {
      String clientCa = "medseal.feed." + feed + ".http.clientCa";
      Optional<Path> roots = source.find(clientCa).map(home::resolve);
      Optional<TokenFile> tokens =
          source
              .find("medseal.feed." + feed + ".http.tokens")
              .map(name -> new TokenFile(home.resolve(name)));
      if (roots.isPresent() && !isTls) {
        throw source.wrong(
            clientCa, "needs TLS: set medseal.fhir.tls.certificate and medseal.fhir.tls.key");
      }
      if (roots.isPresent() || tokens.isPresent()) {
        all.put(feed, new HttpAccess(roots, tokens));
      }
    }
    return all;
  }

  /** Of feeds whose tokens hardly anybody could use as the listener is set. */
  static List<String> warnings(Map<String, HttpAccess> byFeed, Endpoint listener, boolean isTls) {
    if (isTls || listener.isLoopback()) {
      return List.of();
    }
    return byFeed.entrySet().stream()
        .filter(each -> each.getValue().tokens().isPresent())
        .map(
            each ->
                "medseal.feed."
                    + each.getKey()
                    + ".http.tokens: "
                    + listener
                    + " takes plain HTTP, so bearer tokens from other machines are refused: set"
                    + " medseal.fhir.tls.certificate and medseal.fhir.tls.key")
        .toList();
  }
}
