package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.SealedPart;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.series.LedgerMinute;
import org.medseal.series.MinuteSeries;
import org.medseal.series.SeriesRecorder;
import org.medseal.users.Role;

/** The operators' pages and the calls behind them, over HTTPS. */
class OperationsStoryTest {
  private static final String NAME = "Zwackelmannsdottir";
  private static @TempDir Path folder;
  private static TestConsortium consortium;
  private static TestHospital hospital;

  @BeforeAll
  static void start() throws Exception {
    consortium = new TestConsortium(folder, 1);
    hospital = new TestHospital(consortium, "hospital-1", folder);
    hospital.has("operator", Role.OPERATOR);
    hospital.has("physician", Role.PHYSICIAN);
  }

  @AfterAll
  static void stop() {
    hospital.close();
    consortium.close();
  }

  @Test
  void aFeedIsPausedFromItsPage() throws Exception {
    TestBrowser operator = signedIn("operator");
    assertThat(operator.get("/feeds").body()).contains("lab", "/feeds/lab/pause");
    assertThat(operator.submit("/feeds/lab/pause").statusCode()).isEqualTo(303);
    assertThat(hospital.feedStates).containsEntry("lab", "PAUSED");
    assertThat(operator.submit("/feeds/lab/resume").statusCode()).isEqualTo(303);
    assertThat(hospital.feedStates).containsEntry("lab", "RUNNING");
    assertThat(signedIn("physician").get("/feeds").statusCode()).isEqualTo(403);
  }

  @Test
  void aRevealIsAuditedOnceAndItsContentStandsOnNoOtherPage() throws Exception {
    String id = keptBack("icu", "1");
    TestBrowser operator = signedIn("operator");
    String base = "/messages/" + id;
    for (String path : List.of("/messages", base, base + "/dry-run", base + "/reveal")) {
      HttpResponse<String> answer = operator.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).doesNotContain(NAME, "4815162");
    }
    assertThat(reveals()).isZero();
    HttpResponse<String> shown = operator.submit(base + "/reveal", "understood", "yes");
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.body()).contains(NAME);
    assertThat(shown.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(reveals()).isEqualTo(1);
    assertThat(operator.get(base).body()).doesNotContain(NAME);
    HttpResponse<String> saved = operator.submit(base + "/save", "understood", "yes");
    assertThat(saved.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment");
    assertThat(reveals()).isEqualTo(2);
  }

  private static long reveals() {
    return hospital.auditedSubtypes().stream()
        .filter(each -> each.startsWith("message-reveal:0"))
        .count();
  }

  @Test
  void aMessageIsPutBackFromItsPageAndAllOfAFilterByAJob() throws Exception {
    String first = keptBack("ward-a", "2");
    String second = keptBack("ward-b", "3");
    String other = keptBack("ward-c", "4");
    TestBrowser operator = signedIn("operator");
    operator.get("/messages/" + first);
    assertThat(operator.submit("/messages/" + first + "/reprocess").statusCode()).isEqualTo(303);
    HttpResponse<String> begun =
        operator.submit("/messages/reprocess", "state", "QUARANTINED", "feed", "ward-b");
    String job = begun.headers().firstValue("Location").orElseThrow();
    assertThat(job).startsWith("/messages/jobs/");
    TestHospital.until(() -> operator.get(job).body().contains("badge ok"));
    assertThat(state(first)).isEqualTo(MessageState.RECEIVED);
    assertThat(state(second)).isEqualTo(MessageState.RECEIVED);
    assertThat(state(other)).isEqualTo(MessageState.QUARANTINED);
    operator.get("/messages/" + other);
    assertThat(operator.submit("/messages/" + other + "/discard", "reason", "TEST").statusCode())
        .isEqualTo(303);
    assertThat(state(other)).isEqualTo(MessageState.DISCARDED);
  }

  private static MessageState state(String id) {
    return hospital.messages.find(id).orElseThrow().state();
  }

  @Test
  void messagesAreFoundByFeedReasonAndTimeNewestFirst() throws Exception {
    List<String> both = new ArrayList<>(List.of(keptBack("er", "5"), keptBack("er", "6")));
    Collections.sort(both); // of one millisecond, perhaps: then chance has the say
    String older = both.get(0);
    String newer = both.get(1);
    keptBack("er-2", "7");
    assertThat(ids("?feed=er&order=NEWEST")).containsExactly(newer, older);
    assertThat(ids("?feed=er&order=NEWEST&after=" + newer)).containsExactly(older);
    assertThat(ids("?feed=er&limit=1")).containsExactly(older);
    assertThat(ids("?feed=er&reason=TOO_LARGE")).isEmpty();
    assertThat(ids("?feed=er&until=2020-01-01T00:00:00Z")).isEmpty();
    assertThat(ids("?feed=er&since=2020-01-01T00:00:00Z")).hasSize(2);
    assertThat(hospital.get("operator", "/messages?since=yesterday").status()).isEqualTo(400);
  }

  private static List<String> ids(String query) throws Exception {
    return hospital
        .get("operator", "/messages" + query)
        .json()
        .path("messages")
        .findValues("id")
        .stream()
        .map(JsonNode::asText)
        .toList();
  }

  @Test
  void theLedgersPagesAreThereForWhoeverIsSignedIn() throws Exception {
    Hash id = seals("10");
    TestBrowser physician = signedIn("physician");
    long height = hospital.get("physician", "/ledger/status").json().path("height").asLong();
    for (String path :
        List.of(
            "/ledger",
            "/ledger/blocks",
            "/ledger/blocks/" + height,
            "/ledger/transactions/" + id.hex(),
            "/ledger/validators",
            "/ledger/governance")) {
      assertThat(physician.get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(physician.get("/ledger/blocks/999999").statusCode()).isEqualTo(404);
    assertThat(physician.get("/ledger/transactions/" + "0".repeat(64)).statusCode()).isEqualTo(404);
    assertThat(physician.get("/ledger/blocks/x%22y").statusCode()).isEqualTo(400);
  }

  @Test
  void blocksAreListedNewestFirstAndATransactionSaysWhereItStands() throws Exception {
    Hash first = seals("11");
    Hash second = seals("12");
    JsonNode blocks = hospital.get("physician", "/ledger/blocks?limit=2").json();
    long newest = blocks.path("newest").asLong();
    assertThat(blocks.path("blocks").findValues("height"))
        .extracting(JsonNode::asLong)
        .containsExactly(newest, newest - 1);
    JsonNode found = hospital.get("physician", "/ledger/transactions/" + second.hex()).json();
    assertThat(found.path("kind").asText()).isEqualTo("Record");
    assertThat(found.path("height").asLong())
        .isGreaterThan(
            hospital
                .get("physician", "/ledger/transactions/" + first.hex())
                .json()
                .path("height")
                .asLong());
    JsonNode older = hospital.get("physician", "/ledger/blocks?before=" + newest).json();
    assertThat(older.path("blocks").path(0).path("height").asLong()).isEqualTo(newest - 1);
    assertThat(hospital.get("physician", "/ledger/blocks?limit=101").status()).isEqualTo(400);
  }

  @Test
  void seriesAreOfKnownFeedsAndOfADayAtMost() throws Exception {
    assertThat(hospital.get("operator", "/feeds/lab/series").json().path("feed").asText())
        .isEqualTo("lab");
    assertThat(hospital.get("operator", "/feeds/nobody/series").status()).isEqualTo(404);
    assertThat(hospital.get("physician", "/feeds/lab/series").status()).isEqualTo(403);
    assertThat(hospital.get("physician", "/ledger/series?minutes=1440").status()).isEqualTo(200);
    for (String minutes : List.of("0", "1441", "x")) {
      assertThat(hospital.get("physician", "/ledger/series?minutes=" + minutes).status())
          .isEqualTo(400);
    }
  }

  @Test
  void aRecorderKnowsHowLongAnOwnMessageTookAndCountsTheBlocksOfAll() throws Exception {
    Hash own = seals("13");
    seals("14");
    IdentifiedTransaction sealed =
        Transactions.decode(
            Transactions.encode(
                consortium.ledger("hospital-1").find(own).orElseThrow().transaction()));
    String id = received("timed", "8");
    hospital.messages.sealed(id, List.of(new SealedPart(Bytes.of(new byte[16]), 1, sealed)));
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    MinuteSeries series = new MinuteSeries(now::get);
    Instant later = hospital.messages.find(id).orElseThrow().receivedAt().plusMillis(740);
    try (SeriesRecorder recorder =
        new SeriesRecorder(series, hospital.messages, fromTheStart(), InstantSource.fixed(later))) {
      recorder.start();
      now.updateAndGet(at -> at.plus(Duration.ofMinutes(1)));
      TestHospital.until(() -> !seen(series, now).isEmpty() && transactions(series) >= 2);
    }
    assertThat(seen(series, now).get(0).latency().largest()).hasValue(740);
    assertThat(transactions(series)).isGreaterThanOrEqualTo(2);
  }

  /**
   * Of all minutes: the clock may have moved on between a block and what is told of its records.
   */
  private static long transactions(MinuteSeries series) {
    return series.ledger(1440).stream().mapToLong(LedgerMinute::transactions).sum();
  }

  /** Minutes with an own record; the clock moves on so that the running one becomes whole. */
  private static List<LedgerMinute> seen(MinuteSeries series, AtomicReference<Instant> now) {
    now.updateAndGet(at -> at.plus(Duration.ofMinutes(1)));
    return series.ledger(1440).stream().filter(each -> each.commits() == 1).toList();
  }

  /** The same ledger, heard from its first block on. */
  private static Ledger fromTheStart() {
    Ledger ledger = consortium.ledger("hospital-1");
    return (Ledger)
        Proxy.newProxyInstance(
            Ledger.class.getClassLoader(),
            new Class<?>[] {Ledger.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("onBlock")) {
                @SuppressWarnings("unchecked")
                Consumer<CommittedBlock> listener = (Consumer<CommittedBlock>) arguments[1];
                return ledger.onBlock(1, listener);
              }
              return method.invoke(ledger, arguments);
            });
  }

  private static Hash seals(String number) {
    return consortium.seals(
        "hospital-1",
        new PatientIdentifier("2.16.840.1.113883.4.1", "SS", "2000000" + number),
        RecordFormat.HL7V2,
        "MSH|^~\\&|");
  }

  private static TestBrowser signedIn(String login) throws Exception {
    TestBrowser browser = new TestBrowser(hospital);
    assertThat(browser.signIn(login, TestHospital.password(login)).statusCode()).isEqualTo(303);
    return browser;
  }

  private static String keptBack(String feed, String patient) {
    String id = received(feed, patient);
    hospital.messages.quarantined(id, QuarantineReason.UNKNOWN_AUTHORITY, "PID-3");
    return id;
  }

  private static String received(String feed, String patient) {
    String message =
        "MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5\rPID|1||4815162"
            + patient
            + "^^^ELSEWHERE^MR||"
            + NAME
            + "^W\r";
    byte[] raw = message.getBytes(StandardCharsets.UTF_8);
    return hospital
        .messages
        .receive(feed, Format.HL7V2, raw, Optional.empty(), Optional.empty())
        .id();
  }
}
