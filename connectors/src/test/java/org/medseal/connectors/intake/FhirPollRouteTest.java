package org.medseal.connectors.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.fhirsearch.ScriptedServer.page;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.fhirsearch.ScriptedServer;
import org.medseal.connectors.message.MessageState;

class FhirPollRouteTest extends RouteCase {
  private static final String NEVER_AGAIN = "3600000";
  private static final String NOON = "2026-03-01T12:00:00Z";

  @Test
  void whatAServerHasIsCommittedAndTakenOnce() throws Exception {
    try (ScriptedServer server = new ScriptedServer();
        Hospital hospital = new Hospital(home, ROOM)) {
      server.answers(
          e ->
              ScriptedServer.send(
                  e,
                  200,
                  page(
                      Optional.empty(),
                      ScriptedServer.patient("1", "1", NOON),
                      ScriptedServer.patient("2", "1", NOON))));
      start(hospital, server, "20");
      awaitTrue(() -> hospital.store.counts().get(MessageState.COMMITTED) == 2);
      int polls = server.requests().size();
      awaitTrue(() -> server.requests().size() > polls + 2);
      assertThat(hospital.store.counts().get(MessageState.COMMITTED)).isEqualTo(2);
    }
  }

  @Test
  void aNotificationIsAnsweredAndReconciledByAPoll() throws Exception {
    try (ScriptedServer server = new ScriptedServer();
        Hospital hospital = new Hospital(home, ROOM)) {
      start(hospital, server, NEVER_AGAIN);
      awaitTrue(() -> server.requests().size() == 1);
      server.answers(
          e ->
              ScriptedServer.send(
                  e, 200, page(Optional.empty(), ScriptedServer.patient("1", "1", NOON))));
      // What it carries is somebody else's word: the server's own answer is what counts.
      assertThat(notified(hospital, "/ehr/Patient/9", ScriptedServer.patient("9", "1", NOON)))
          .isEqualTo(200);
      awaitTrue(() -> hospital.store.counts().get(MessageState.COMMITTED) == 1);
      assertThat(server.requests()).hasSize(2);
      assertThat(notified(hospital, "/nobody", "")).isEqualTo(404);
    }
  }

  @Test
  void aNotificationWithoutTheSecretIsRefusedAndCausesNoPoll() throws Exception {
    Path secret = Files.writeString(home.resolve("hook.secret"), "s3cret-of-the-hook\n");
    try (ScriptedServer server = new ScriptedServer();
        Hospital hospital = new Hospital(home, ROOM)) {
      hospital.start("pipeline.yaml");
      hospital.load(
          "feeds/ehr.yaml",
          feed(server, NEVER_AGAIN)
              + "      - {name: hookSecretFile, value: \"%s\"}\n".formatted(secret));
      hospital.load(
          "feeds/hook.yaml",
          "- templatedRoute:\n    routeTemplateRef: fhir-hook\n    routeId: hook\n");
      awaitTrue(() -> server.requests().size() == 1);
      URI hook = URI.create(hospital.fhirBase() + "-hook/ehr");
      for (String wrong : List.of("Bearer s3cret-of-the-hoo", "Bearer", "s3cret-of-the-hook")) {
        assertThat(send(post(hook).header("Authorization", wrong)).statusCode()).isEqualTo(401);
      }
      assertThat(send(post(hook)).statusCode()).isEqualTo(401);
      assertThat(server.requests()).hasSize(1);
      assertThat(send(post(hook).header("Authorization", "Bearer s3cret-of-the-hook")).statusCode())
          .isEqualTo(200);
      awaitTrue(() -> server.requests().size() == 2);
      assertThat(send(post(hook).header("X-MedSeal-Hook", "s3cret-of-the-hook")).statusCode())
          .isEqualTo(200);
      awaitTrue(() -> server.requests().size() == 3);
      Files.delete(secret);
      assertThat(send(post(hook).header("Authorization", "Bearer s3cret-of-the-hook")).statusCode())
          .isEqualTo(401);
    }
  }

  private static HttpRequest.Builder post(URI address) {
    return HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.noBody());
  }

  @Test
  void aFullInboxLeavesTheRestToALaterPoll() throws Exception {
    try (LogCapture log = LogCapture.open();
        ScriptedServer server = new ScriptedServer();
        Hospital hospital = new Hospital(home, FULL)) {
      server.answers(
          e ->
              ScriptedServer.send(
                  e,
                  200,
                  page(
                      Optional.empty(),
                      ScriptedServer.patient("1", "1", NOON),
                      ScriptedServer.patient("2", "1", NOON))));
      hospital.start();
      hospital.load("feeds/ehr.yaml", feed(server, "20"));
      awaitTrue(() -> log.text().contains("feed ehr cannot be polled"));
      assertThat(log.text()).contains("BackPressureException");
      assertThat(hospital.store.counts().get(MessageState.RECEIVED)).isEqualTo(1);
    }
  }

  private static void start(Hospital hospital, ScriptedServer server, String pollMs)
      throws Exception {
    hospital.start("pipeline.yaml");
    hospital.load("feeds/ehr.yaml", feed(server, pollMs));
    hospital.load(
        "feeds/hook.yaml",
        "- templatedRoute:\n    routeTemplateRef: fhir-hook\n    routeId: hook\n");
  }

  private static String feed(ScriptedServer server, String pollMs) {
    return """
        - templatedRoute:
            routeTemplateRef: fhir-poll
            routeId: ehr
            parameters:
              - {name: feed, value: ehr}
              - {name: baseUrl, value: "%s"}
              - {name: types, value: Patient}
              - {name: pollMs, value: "%s"}
        """
        .formatted(server.base(), pollMs);
  }

  private static int notified(Hospital hospital, String path, String body) throws Exception {
    URI hook = URI.create(hospital.fhirBase() + "-hook" + path);
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(hook).POST(HttpRequest.BodyPublishers.ofString(body)));
    return answer.statusCode();
  }
}
