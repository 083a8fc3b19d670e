package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.audit.AuditAction;
import org.medseal.audit.AuditTrail;
import org.medseal.users.UserStore;

class DoorTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch held = new CountDownLatch(1);

  /** As many calls without a login as there are places do not end; one more comes. */
  @Test
  void aFloodAtTheDoorIsTurnedAwayAndKeepsNobodyInsideWaiting(@TempDir Path folder)
      throws Exception {
    try (UserStore users = UserStore.open(folder.resolve("people"));
        AuditTrail audit = AuditTrail.open(folder.resolve("audit"))) {
      Vertx vertx = Vertx.vertx();
      try {
        int port = listening(vertx, new CallRunner(users.sessions(), audit));
        List<CompletableFuture<HttpResponse<String>>> flood = new ArrayList<>();
        for (int i = 0; i <= Door.PLACES; i++) {
          flood.add(client.sendAsync(to(port, "/api/v1/held"), BodyHandlers.ofString()));
        }
        HttpResponse<?> turnedAway =
            (HttpResponse<?>)
                CompletableFuture.anyOf(flood.toArray(CompletableFuture[]::new))
                    .get(30, TimeUnit.SECONDS);
        assertThat(turnedAway.statusCode()).isEqualTo(429);
        assertThat(turnedAway.headers().firstValue("Retry-After")).contains("2");
        assertThat(client.send(to(port, "/api/v1/inside"), BodyHandlers.ofString()).statusCode())
            .isEqualTo(200);
        held.countDown();
        List<Integer> answers = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> each : flood) {
          answers.add(each.get(30, TimeUnit.SECONDS).statusCode());
        }
        assertThat(answers).filteredOn(status -> status == 200).hasSize(Door.PLACES);
        assertThat(client.send(to(port, "/api/v1/held"), BodyHandlers.ofString()).statusCode())
            .isEqualTo(200);
      } finally {
        held.countDown();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
      }
    }
  }

  private int listening(Vertx vertx, CallRunner runner) throws Exception {
    return new HttpFront(runner, calls(), 1 << 16, Patience.standard())
        .server(vertx, new HttpServerOptions())
        .listen(0, AdminSettings.LOOPBACK)
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS)
        .actualPort();
  }

  private List<Call> calls() {
    return List.of(
        new Call("GET", "/held", Access.everybody(), AuditAction.CALL, exchange -> untilReleased()),
        new Call(
            "GET",
            "/inside",
            Access.localOrLoggedIn(),
            AuditAction.CALL,
            exchange -> Answer.json(Json.object())));
  }

  private Answer untilReleased() {
    try {
      assertThat(held.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Answer.json(Json.object());
  }

  private static HttpRequest to(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
  }
}
