package org.medseal.connectors.httpaccess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.httpaccess.RouteReach.Reached;

/** Whom the gates ask about, from what the check of the routes found. */
class RouteReachTest {
  private static final Reached NONE = reached();

  private @TempDir Path folder;
  private final RouteReach reach = new RouteReach();

  private static Reached reached(String... feeds) {
    return new Reached(new TreeSet<>(List.of(feeds)), Set.of(Format.FHIR));
  }

  private Optional<HttpRefusal> refusal(String route) throws Exception {
    Path tokens = Files.writeString(folder.resolve("tokens"), "lab " + "0".repeat(64));
    HttpAccess access = new HttpAccess(Optional.empty(), Optional.of(new TokenFile(tokens)));
    HttpGates gates = new HttpGates(Map.of("held", access), reach);
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getExchangeExtension().setFromRouteId(route);
    return gates.refusal(exchange);
  }

  @Test
  void onlyWhoGetsToFeedsWithoutARuleIsAskedNothing() throws Exception {
    reach.begin(
        Map.of(
            "one", reached("a"),
            "two", reached("a", "b"),
            "held", reached("held"),
            "both", reached("a", "held"),
            "none", NONE));
    assertThat(refusal("one")).isEmpty();
    assertThat(refusal("two")).isEmpty();
    assertThat(refusal("held").orElseThrow().text()).contains("bearer tokens");
    for (String nowhere : List.of("both", "none", "unknown")) {
      assertThat(refusal(nowhere).orElseThrow().status()).as(nowhere).isEqualTo(403);
      assertThat(refusal(nowhere).orElseThrow().text()).isEqualTo("Nothing may be sent here.");
    }
  }

  @Test
  void whatChangesReachesNothingUntilItHasChanged() {
    reach.begin(Map.of("same", reached("a"), "other", reached("held"), "gone", reached("c")));
    reach.change(
        Map.of("same", reached("a"), "other", reached("a"), "new", reached("d")),
        () -> {
          assertThat(reach.of("same").feeds()).containsExactly("a");
          assertThat(reach.of("other").feeds()).isEmpty();
          assertThat(reach.of("gone").feeds()).containsExactly("c");
          assertThat(reach.of("new").feeds()).containsExactly("d");
        });
    assertThat(reach.of("other").feeds()).containsExactly("a");
    assertThat(reach.of("gone").feeds()).isEmpty();
  }

  @Test
  void aChangeThatFailsLeavesAllAsItWas() {
    reach.begin(Map.of("other", reached("held")));
    assertThatThrownBy(
            () ->
                reach.change(
                    Map.of("other", reached("a")),
                    () -> {
                      throw new IllegalStateException("of the test");
                    }))
        .hasMessage("of the test");
    assertThat(reach.of("other").feeds()).containsExactly("held");
  }
}
