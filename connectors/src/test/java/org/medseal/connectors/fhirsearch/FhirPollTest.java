package org.medseal.connectors.fhirsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.connectors.fhirsearch.ScriptedServer.page;
import static org.medseal.connectors.fhirsearch.ScriptedServer.patient;
import static org.medseal.connectors.fhirsearch.ScriptedServer.send;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.fhirsearch.SearchException.Reason;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.LocalCipher;

class FhirPollTest {
  private static final String NOON = "2026-03-01T12:00:00Z";
  private static final InstantSource LATER =
      InstantSource.fixed(Instant.parse("2027-01-01T00:00:00Z"));

  @TempDir Path home;
  private ScriptedServer server;
  private LocalCipher cipher;
  private final List<String> taken = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer();
    cipher = new LocalCipher(SecretBytes.copyOf(new byte[32]));
  }

  @AfterEach
  void stop() {
    server.close();
    cipher.close();
  }

  private FhirPoll poller(String... types) {
    return new FhirPoll("ehr", server.settings(types), states(), LATER);
  }

  private PollStates states() {
    return new PollStates(home.resolve("polls"), cipher);
  }

  private FhirPoll.Summary poll(FhirPoll poll) throws Exception {
    return poll.poll(resource -> taken.add(new String(resource, StandardCharsets.UTF_8)));
  }

  @Test
  void aResourceIsTakenByteForByte() throws Exception {
    String odd = patient("1", "1", NOON).replace(" true", " true , \"x\" : \"龘\\u0041\"");
    server.answers(e -> send(e, 200, page(Optional.empty(), odd)));
    assertThat(poll(poller("Patient"))).isEqualTo(new FhirPoll.Summary(1, 0));
    assertThat(taken).containsExactly(odd);
  }

  @Test
  void pagesAreFollowedAndTheNextPollBeginsBeforeTheNewestChange() throws Exception {
    server.answers(
        e -> {
          boolean second = e.getRequestURI().getQuery().contains("page=2");
          send(
              e,
              200,
              second
                  ? page(Optional.empty(), patient("3", "1", NOON))
                  : page(
                      Optional.of(server.base() + "?page=2"),
                      patient("1", "1", "2026-03-01T10:00:00Z"),
                      patient("2", "1", "2026-03-01T11:00:00Z")));
        });
    FhirPoll poll = poller("Patient");
    assertThat(poll(poll).taken()).isEqualTo(3);
    assertThat(server.requests().get(0)).doesNotContain("_lastUpdated=");
    poll(poll);
    assertThat(server.requests().get(2)).contains("_lastUpdated=ge2026-03-01T11%3A55%3A00Z");
  }

  @Test
  void aServerThatIgnoresTheFilterBringsNothingTwice() throws Exception {
    server.answers(
        e ->
            send(
                e,
                200,
                page(
                    Optional.empty(),
                    patient("1", "1", "2026-03-01T08:00:00Z"),
                    patient("2", "1", NOON),
                    "{\"resourceType\":\"Patient\",\"id\":\"undated\"}")));
    assertThat(poll(poller("Patient"))).isEqualTo(new FhirPoll.Summary(3, 0));
    assertThat(poll(poller("Patient"))).isEqualTo(new FhirPoll.Summary(0, 3));
    assertThat(taken).hasSize(3);
  }

  @Test
  void aChangeThatBecomesVisibleLateIsTakenWithinTheOverlap() throws Exception {
    FhirPoll poll = poller("Patient");
    server.answers(e -> send(e, 200, page(Optional.empty(), patient("1", "1", NOON))));
    poll(poll);
    String late = patient("2", "1", "2026-03-01T11:56:00Z");
    server.answers(e -> send(e, 200, page(Optional.empty(), patient("1", "1", NOON), late)));
    assertThat(poll(poll).taken()).isEqualTo(1);
    assertThat(taken).last().isEqualTo(late);
  }

  @Test
  void aNewVersionOfAResourceIsTaken() throws Exception {
    FhirPoll poll = poller("Patient");
    server.answers(e -> send(e, 200, page(Optional.empty(), patient("1", "1", NOON))));
    poll(poll);
    server.answers(
        e -> send(e, 200, page(Optional.empty(), patient("1", "2", "2026-03-01T12:01:00Z"))));
    assertThat(poll(poll).taken()).isEqualTo(1);
  }

  @Test
  void aResourceDatedInTheFutureDoesNotHideThePresent() throws Exception {
    server.answers(
        e -> send(e, 200, page(Optional.empty(), patient("1", "1", "2099-01-01T00:00:00Z"))));
    poll(poller("Patient"));
    server.answers(
        e -> send(e, 200, page(Optional.empty(), patient("2", "1", Instant.now().toString()))));
    assertThat(poll(poller("Patient")).taken()).isEqualTo(1);
  }

  @Test
  void aPollThatBreaksOffMovesNoMarkerAndRepeatsNothing() throws Exception {
    server.answers(
        e -> {
          if (e.getRequestURI().getQuery().contains("page=2")) {
            send(e, 500, "");
          } else {
            send(e, 200, page(Optional.of("?page=2"), patient("1", "1", NOON)));
          }
        });
    assertThatThrownBy(() -> poll(poller("Patient"))).satisfies(is(Reason.REFUSED));
    server.answers(
        e ->
            send(
                e,
                200,
                page(
                    Optional.empty(),
                    patient("1", "1", NOON),
                    patient("2", "1", "2026-03-01T01:00:00Z"))));
    assertThat(poll(poller("Patient"))).isEqualTo(new FhirPoll.Summary(1, 1));
    assertThat(server.requests()).last().asString().doesNotContain("_lastUpdated=");
  }

  @Test
  void whatCouldNotBeStoredIsTakenNextTime() throws Exception {
    server.answers(
        e ->
            send(e, 200, page(Optional.empty(), patient("1", "1", NOON), patient("2", "1", NOON))));
    AtomicInteger room = new AtomicInteger(1);
    ThrowingCallable full =
        () ->
            poller("Patient")
                .poll(
                    r -> {
                      if (room.getAndDecrement() == 0) {
                        throw new IllegalStateException("full");
                      }
                    });
    assertThatThrownBy(full).hasMessage("full");
    assertThat(poll(poller("Patient"))).isEqualTo(new FhirPoll.Summary(1, 1));
    assertThat(taken.get(0)).contains("\"id\":\"2\"");
  }

  @Test
  void pagesThatLeadBackEndThePoll() {
    server.answers(
        e -> send(e, 200, page(Optional.of(server.base() + "?loop"), patient("1", "1", NOON))));
    assertFails(Reason.LOOP);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void endlessPagesEndThePoll() {
    AtomicInteger count = new AtomicInteger();
    server.answers(e -> send(e, 200, page(Optional.of("?page=" + count.incrementAndGet()))));
    assertFails(Reason.TOO_LARGE);
    assertThat(server.requests()).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://192.0.2.1/fhir?page=2",
        "https://127.0.0.1/fhir?page=2",
        "//evil.example/fhir",
        "/admin/secrets",
        "../admin",
        "http://user@127.0.0.1/fhir",
        "file:///etc/passwd",
        "http://bad host/"
      })
  void aLinkToElsewhereIsNotFollowed(String next) {
    server.answers(e -> send(e, 200, page(Optional.of(next))));
    assertFails(Reason.ELSEWHERE);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    try (ScriptedServer other = new ScriptedServer()) {
      server.answers(
          e -> {
            e.getResponseHeaders().set("Location", other.base() + "/Patient");
            send(e, 302, "");
          });
      assertFails(Reason.REDIRECTED);
      assertThat(other.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"429,120,PT2M", "503,999999999,PT1H"})
  void aBusyServerSaysWhenToComeBack(int status, String after, Duration expected) {
    server.answers(
        e -> {
          e.getResponseHeaders().set("Retry-After", after);
          send(e, status, "");
        });
    assertThatThrownBy(() -> poll(poller("Patient")))
        .satisfies(is(Reason.BUSY))
        .extracting(e -> ((SearchException) e).retryAfter())
        .isEqualTo(Optional.of(expected));
  }

  @Test
  void aBodyCutShortIsNotTakenForWhole() {
    String whole = page(Optional.empty(), patient("1", "1", NOON));
    server.answers(
        e -> {
          e.sendResponseHeaders(200, whole.length());
          e.getResponseBody().write(whole.substring(0, 60).getBytes(StandardCharsets.UTF_8));
          e.getResponseBody().flush();
          e.getHttpContext().getServer().stop(0);
        });
    assertFails(Reason.UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<Bundle xmlns='http://hl7.org/fhir'/>",
        "<html>Login</html>",
        "{}",
        "[]",
        "{\"resourceType\":\"OperationOutcome\"}",
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\"}}",
        "{\"resourceType\":\"Bundle\",\"entry\":{}}",
        "{\"resourceType\":\"Bundle\",\"entry\":[1]}",
        "{\"resourceType\":\"Bundle\"} trailing"
      })
  void whatIsNoBundleIsUnreadable(String body) {
    server.answers(e -> send(e, 200, body));
    assertFails(Reason.UNREADABLE);
  }

  @Test
  void aPageAboveTheLimitIsNotRead() {
    server.answers(
        e -> send(e, 200, page(Optional.empty(), patient("1", "x".repeat(20_000), NOON))));
    assertFails(Reason.TOO_LARGE);
  }

  @Test
  void anOperationOutcomeAmongTheMatchesIsNoRecord() throws Exception {
    server.answers(
        e -> send(e, 200, page(Optional.empty(), "{\"resourceType\":\"OperationOutcome\"}")));
    assertThat(poll(poller("Patient"))).isEqualTo(new FhirPoll.Summary(0, 0));
  }

  @Test
  void everyTypeHasAMarkerOfItsOwn() throws Exception {
    FhirPoll poll = poller("Patient", "Observation");
    server.answers(
        e ->
            send(
                e,
                200,
                e.getRequestURI().getPath().endsWith("Patient")
                    ? page(Optional.empty(), patient("1", "1", NOON))
                    : page(Optional.empty())));
    poll(poll);
    poll(poll);
    assertThat(server.requests().get(2)).contains("/Patient?").contains("_lastUpdated=");
    assertThat(server.requests().get(3)).contains("/Observation?").doesNotContain("_lastUpdated=");
  }

  @Test
  void theStateOnDiskNamesNobody() throws Exception {
    server.answers(e -> send(e, 200, page(Optional.empty(), patient("xqbadaPatient", "1", NOON))));
    poll(poller("Patient"));
    byte[] file = Files.readAllBytes(home.resolve("polls/ehr.poll"));
    assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("xqbadaPatient");
  }

  @Test
  void whatOnlyTheOldestMarkerFiltersIsForgotten() {
    PollState state = new PollState();
    PollStates states = states();
    state.seen(states.fingerprint("ehr", new byte[1]), Optional.of(Instant.parse(NOON)));
    state.seen(states.fingerprint("ehr", new byte[2]), Optional.empty());
    state.forgetBefore(Instant.parse("2026-03-02T00:00:00Z"));
    assertThat(state.seenCount()).isEqualTo(1);
    assertThat(PollState.decode(state.encode()).seenCount()).isEqualTo(1);
  }

  private void assertFails(Reason reason) {
    assertThatThrownBy(() -> poll(poller("Patient"))).satisfies(is(reason));
  }

  private static java.util.function.Consumer<Throwable> is(Reason reason) {
    return e -> assertThat(((SearchException) e).reason()).isEqualTo(reason);
  }
}
