package org.medseal.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.httpaccess.RouteReach;
import org.medseal.routes.RouteException.Reason;

class LiveRoutesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String TEMPLATE =
      """
      - routeTemplate:
          id: says
          parameters: [{name: at}, {name: word}]
          route:
            from:
              uri: "direct:{{at}}"
              steps:
                - setBody: {constant: "%s {{word}}"}
      """;

  @TempDir Path folder;
  private final CamelContext camel = new DefaultCamelContext();
  private Generations generations;
  private LiveRoutes live;
  private final List<String> noted = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    generations = new Generations(folder.resolve("generations"));
    RouteFiles first = files("says", "one", "untouched");
    camel.getRegistry().bind("reach", new RouteReach());
    first.loadInto(camel);
    camel.start();
    live =
        LiveRoutes.open(
            generations,
            new LiveRoutes.Started(() -> camel, first, new RouteCheck(Map.of(), registry -> {})),
            (who, generation, done) -> noted.add(generation + " " + done));
  }

  @AfterEach
  void stop() {
    live.close();
    camel.stop();
  }

  private static RouteFiles files(String verb, String a, String b) {
    return new RouteFiles(
        new TreeMap<>(
            Map.of(
                "templates/says.yaml", TEMPLATE.formatted(verb),
                "feeds/a.yaml", feed("a", a),
                "feeds/b.yaml", feed("b", b))));
  }

  private static String feed(String id, String word) {
    return """
        - templatedRoute:
            routeTemplateRef: says
            routeId: %1$s
            parameters: [{name: at, value: %1$s}, {name: word, value: %2$s}]
        """
        .formatted(id, word);
  }

  private String says(String route) {
    return camel.createFluentProducerTemplate().to("direct:" + route).request(String.class);
  }

  private void apply(RouteFiles files) {
    assertThat(LiveRoutes.enforce(generations, generations.keep(files), PATIENCE)).isTrue();
  }

  @Test
  void aChangedFeedIsChangedAndTheOthersAreLeftAlone() {
    var untouched = camel.getRoute("b");
    apply(files("says", "two", "untouched"));
    assertThat(says("a")).isEqualTo("says two");
    assertThat(camel.getRoute("b")).isSameAs(untouched);
    assertThat(generations.current()).isEqualTo(OptionalInt.of(1));
  }

  @Test
  void aChangedTemplateChangesEveryFeedMadeFromIt() {
    apply(files("shouts", "one", "untouched"));
    assertThat(says("a")).isEqualTo("shouts one");
    assertThat(says("b")).isEqualTo("shouts untouched");
  }

  @Test
  void aFeedMayComeAndGo() {
    TreeMap<String, String> more = new TreeMap<>(files("says", "one", "untouched").byName());
    more.put("feeds/c.yaml", feed("c", "new"));
    apply(new RouteFiles(more));
    assertThat(says("c")).isEqualTo("says new");
    more.remove("feeds/c.yaml");
    apply(new RouteFiles(more));
    assertThat(camel.getRoute("c")).isNull();
  }

  @Test
  void aRouteThatCannotStartLeavesTheOldOnesRunning() throws IOException {
    apply(files("says", "two", "untouched"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      TreeMap<String, String> bad = new TreeMap<>(files("says", "three", "changed").byName());
      bad.put(
          "feeds/z.yaml",
          "- route: {id: z, from: {uri: \"netty:tcp://127.0.0.1:%d\", steps: [{setBody: {constant: x}}]}}"
              .formatted(taken.getLocalPort()));
      int number = generations.keep(new RouteFiles(bad));
      assertThatThrownBy(() -> LiveRoutes.enforce(generations, number, PATIENCE))
          .isInstanceOfSatisfying(
              RouteException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_STARTED));
    }
    assertThat(says("a")).isEqualTo("says two");
    assertThat(says("b")).isEqualTo("says untouched");
    assertThat(camel.getRoute("z")).isNull();
    assertThat(generations.current()).isEqualTo(OptionalInt.of(1));
    apply(files("says", "four", "untouched"));
    assertThat(says("a")).isEqualTo("says four");
  }

  @Test
  void theGenerationBeforeCanBePutBack() {
    apply(files("says", "two", "untouched"));
    apply(files("says", "three", "untouched"));
    int before = generations.before().orElseThrow();
    LiveRoutes.enforce(generations, before, PATIENCE);
    assertThat(says("a")).isEqualTo("says two");
    assertThat(generations.before()).isEmpty();
  }

  /** Settings may have changed since it was kept. */
  @Test
  void aGenerationThatDoesNotHoldNowIsNotPutBack() {
    apply(files("says", "two", "untouched"));
    TreeMap<String, String> late = new TreeMap<>(files("says", "three", "untouched").byName());
    late.put("feeds/c.yaml", "- route: {id: c, from: {uri: \"direct:{{gone}}\"}}");
    int number = generations.keep(new RouteFiles(late));
    assertThatThrownBy(() -> LiveRoutes.enforce(generations, number, PATIENCE))
        .isInstanceOf(RouteException.class)
        .hasMessageContaining("route c cannot be made");
    assertThat(says("a")).isEqualTo("says two");
    assertThat(generations.current()).isEqualTo(OptionalInt.of(1));
    assertThat(noted).containsExactly("1 true", "2 false");
  }

  @Test
  void withoutAnInstanceAGenerationIsForTheNextStart() {
    live.close();
    RouteFiles next = files("says", "two", "untouched");
    assertThat(LiveRoutes.enforce(generations, generations.keep(next), PATIENCE)).isFalse();
    assertThat(generations.inForce(files("says", "one", "x"))).isEqualTo(next);
    assertThat(says("a")).isEqualTo("says one");
  }

  @Test
  void aGenerationInForceIsNotDropped() {
    int kept = generations.keep(files("says", "two", "untouched"));
    generations.enforce(kept);
    assertThatThrownBy(() -> generations.drop(kept)).isInstanceOf(RouteException.class);
    int other = generations.keep(files("says", "three", "untouched"));
    generations.drop(other);
    assertThatThrownBy(() -> generations.read(other)).isInstanceOf(RouteException.class);
  }
}
