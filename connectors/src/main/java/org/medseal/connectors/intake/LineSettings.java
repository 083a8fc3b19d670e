package org.medseal.connectors.intake;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.spi.Registry;
import org.medseal.connectors.mllp.FeedTls;
import org.medseal.connectors.mllp.FeedTlsParameters;
import org.medseal.connectors.mllp.MllpDecoder;

/**
 * What is particular about one feed's MLLP line. A route takes it up by {@code {{FEED.decoder}}},
 * {@code {{FEED.tls}}}, {@code {{FEED.mutualTls}}} and {@code {{?FEED.tlsContext}}}.
 *
 * @param charset of messages whose MSH-18 names none
 */
public record LineSettings(Optional<Charset> charset, Optional<FeedTls> tls) {
  static final String TLS_CONTEXT = ".tlsContext";

  /** The properties that a route of this feed reads. */
  public Map<String, String> properties(String feed) {
    Map<String, String> all = new HashMap<>();
    charset.ifPresent(c -> all.put(feed + ".decoder", "#" + decoderName(feed)));
    tls.ifPresent(
        t -> {
          all.put(feed + ".tls", "true");
          all.put(feed + ".mutualTls", String.valueOf(t.isMutual()));
          all.put(feed + TLS_CONTEXT, "#" + tlsName(feed));
        });
    return all;
  }

  /** FeedTlsException where a file cannot be used. */
  void bind(Registry registry, String feed, MllpDecoder usual) {
    charset.ifPresent(c -> registry.bind(decoderName(feed), usual.withCharset(c)));
    tls.ifPresent(t -> registry.bind(tlsName(feed), new FeedTlsParameters(t)));
  }

  private static String decoderName(String feed) {
    return "mllpDecoder-" + feed;
  }

  static String tlsName(String feed) {
    return "mllpTls-" + feed;
  }
}
