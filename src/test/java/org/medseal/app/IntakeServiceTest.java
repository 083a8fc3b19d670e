package org.medseal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.admin.FeedControl.FeedView;
import org.medseal.connectors.httpaccess.HttpAccess;
import org.medseal.connectors.httpaccess.TokenFile;
import org.medseal.connectors.intake.IntakeBeans;
import org.medseal.connectors.message.MessageLimits;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.routes.Generations;
import org.medseal.routes.LiveRoutes;
import org.medseal.routes.RouteCheck;
import org.medseal.routes.RouteFiles;

/** A route of a hospital's own whose feed is named by a setting and takes tokens, as it runs. */
class IntakeServiceTest {
  /** SHA-256 of "abc" (FIPS 180-2 appendix B.1). */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String OWN =
      """
      - route:
          id: push
          from:
            uri: platform-http:/push?matchOnUriPrefix=true&useBodyHandler=false
            steps:
              - process: {ref: "#fhirExamine"}
              - choice:
                  when:
                    - simple: "${exchangeProperty.MedSealFhirToStore}"
                      steps:
                        - to: {uri: "inbox:{{lab.feed}}?format=FHIR"}
              - process: {ref: "#fhirAnswer"}
      """;

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "lab.feed", "lab",
          "camel.server.enabled", "true",
          "camel.server.host", "127.0.0.1",
          "camel.server.port", "0");

  private @TempDir Path folder;
  private final LocalCipher cipher = new LocalCipher(SecretBytes.copyOf(new byte[32]));
  private final HttpClient client = HttpClient.newHttpClient();
  private MessageStore store;
  private RouteCheck check;
  private IntakeService service;

  @BeforeEach
  void start() throws Exception {
    TokenFile tokens = new TokenFile(Files.writeString(folder.resolve("t"), "lab " + OF_ABC));
    HttpAccess access = new HttpAccess(Optional.empty(), Optional.of(tokens));
    Consumer<Registry> beans =
        registry ->
            IntakeBeans.bind(
                registry,
                IntakeBeans.Settings.defaults().withAccess(Map.of("lab", access)),
                InstantSource.system());
    store =
        MessageStore.open(
            folder.resolve("inbox"), folder.resolve("outbox"), cipher, MessageLimits.defaults());
    check = new RouteCheck(PROPERTIES, beans);
    service = new IntakeService(check.require(files(OWN)), PROPERTIES, beans, List.of(store));
    service.start();
  }

  @AfterEach
  void close() {
    service.close();
    store.close();
    cipher.close();
  }

  private static RouteFiles files(String own) {
    return new RouteFiles(new TreeMap<>(Map.of("feeds/own.yaml", own)));
  }

  private int push(String token) throws Exception {
    int port = service.context().hasService(VertxPlatformHttpServer.class).getServer().actualPort();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/push/Patient"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/fhir+json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"resourceType\":\"Patient\"}"))
            .build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }

  @Test
  void itsSendersAreLetInAndOthersAreNot() throws Exception {
    assertThat(push("abd")).isEqualTo(401);
    assertThat(store.counts().get(MessageState.RECEIVED)).isZero();
    assertThat(push("abc")).isEqualTo(201);
    assertThat(store.list(Optional.empty(), 10, Optional.empty()))
        .singleElement()
        .satisfies(message -> assertThat(message.feed()).isEqualTo("lab"));
    assertThat(service.feeds().feeds())
        .singleElement()
        .extracting(FeedView::id, FeedView::feed, FeedView::kind, FeedView::state)
        .containsExactly("push", "lab", "fhir", "RUNNING");
  }

  @Test
  void aChangeWhileItRunsChangesWhomTheGateAsksAbout() throws Exception {
    Generations generations = new Generations(folder.resolve("generations"));
    LiveRoutes.Started started = new LiveRoutes.Started(service::context, files(OWN), check);
    try (LiveRoutes live = LiveRoutes.open(generations, started, (who, number, done) -> {})) {
      assertThat(live).isNotNull();
      String other =
          OWN.replace("id: push", "id: held").replace("/push", "/held")
              + OWN.replace("{{lab.feed}}", "{{absent:open}}");
      assertThat(enforce(generations, other)).isTrue();
      assertThat(push("abd")).as("a feed that anybody may send to").isEqualTo(201);
      assertThat(enforce(generations, OWN)).isTrue();
      assertThat(push("abd")).isEqualTo(401);
      assertThat(push("abc")).isEqualTo(201);
    }
  }

  private static boolean enforce(Generations generations, String own) {
    return LiveRoutes.enforce(generations, generations.keep(files(own)), Duration.ofMinutes(1));
  }
}
