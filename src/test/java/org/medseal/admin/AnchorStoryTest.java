package org.medseal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.admin.TestHospital.until;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.anchoring.Anchoring;
import org.medseal.anchoring.TrailAnchors;
import org.medseal.anchoring.TrailReport;
import org.medseal.audit.AuditAction;
import org.medseal.audit.AuditEntry;
import org.medseal.audit.AuditTrail;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.journal.JournalOptions;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.requests.Intention;
import org.medseal.users.Role;

/** Trails against their anchors on the ledger. */
class AnchorStoryTest {
  private static final String OWN = "hospital-1";

  private @TempDir Path folder;
  private TestConsortium consortium;
  private int trails;

  @BeforeEach
  void start() {
    consortium = new TestConsortium(folder, 2);
  }

  @AfterEach
  void stop() {
    consortium.close();
  }

  private AuditTrail trail(int entries) {
    AuditTrail trail = AuditTrail.open(folder.resolve("trail-" + ++trails));
    for (int i = 1; i <= entries; i++) {
      add(trail, "dr-li", i);
    }
    return trail;
  }

  private static void add(AuditTrail trail, String actor, int number) {
    trail.record(
        new AuditEntry(
            AuditAction.LOOK_UP, actor, AuditEntry.OK, Map.of("n", String.valueOf(number))));
  }

  /** At the genesis' time no day has passed. */
  private Anchoring anchoring(AuditTrail trail) {
    return anchoring(trail, consortium.genesis.timeMs());
  }

  private Anchoring anchoring(AuditTrail trail, long nowMs) {
    InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(nowMs));
    return new Anchoring(consortium.acting(OWN), trail, clock);
  }

  private int anchors() {
    return consortium.ledger(OWN).view().auditAnchors(OWN).size();
  }

  /** One transaction each, by another institution. */
  private void blocks(int count) {
    long answerBy = System.currentTimeMillis() + 3_600_000L;
    for (int i = 0; i < count; i++) {
      consortium
          .acting("hospital-2")
          .submit(
              new Action.AccessRequest(answerBy, Bytes.of(new byte[] {(byte) i})),
              Intention.ofNobody());
    }
  }

  private int epochBlocks() {
    return consortium.genesis.parameters().stake().epochBlocks();
  }

  @Test
  void aTrailIsAnchoredOnceAStakeEpoch() throws Exception {
    try (AuditTrail trail = trail(3)) {
      try (Anchoring anchoring = anchoring(trail)) {
        anchoring.start();
        blocks(epochBlocks());
        until(() -> anchors() == 1);
        add(trail, "dr-li", 4);
        blocks(epochBlocks());
        until(() -> anchors() == 2);
        add(trail, "dr-li", 5);
        blocks(epochBlocks() / 2);
      }
      assertThat(anchors()).as("within the same stake epoch").isEqualTo(2);
      assertThat(consortium.ledger(OWN).view().lastAuditAnchor(OWN).orElseThrow().sequence())
          .isEqualTo(4);
    }
  }

  @Test
  void nothingNewIsNotAnchoredAgain() throws Exception {
    try (AuditTrail trail = trail(1)) {
      try (Anchoring anchoring = anchoring(trail)) {
        anchoring.start();
        blocks(epochBlocks());
        until(() -> anchors() == 1);
        blocks(epochBlocks());
      }
      assertThat(anchors()).isEqualTo(1);
    }
  }

  @Test
  void onAQuietLedgerADayIsEnough() throws Exception {
    long dayLater = consortium.genesis.timeMs() + 86_400_000L;
    try (AuditTrail trail = trail(1);
        Anchoring anchoring = anchoring(trail, dayLater)) {
      anchoring.start();
      until(() -> anchors() == 1);
    }
  }

  private void anchored(AuditTrail trail) {
    AuditTrail.Head head = trail.head();
    consortium
        .acting(OWN)
        .submit(new Action.AuditAnchor(head.sequence(), head.hash()), Intention.ofNobody());
  }

  private TrailReport report(AuditTrail trail) {
    return Anchoring.of(consortium.ledger(OWN), trail).report();
  }

  @Test
  void aWholeTrailHoldsAndGrowsOn() {
    try (AuditTrail trail = trail(5)) {
      anchored(trail);
      add(trail, "dr-li", 6);
      anchored(trail);
      add(trail, "dr-li", 7);
      assertThat(report(trail).fault()).isEmpty();
      assertThat(report(trail).anchors()).hasSize(2);
    }
  }

  /** Which file it is does not matter: nothing of it can be read any more. */
  private void loses(String trail) throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve(trail))) {
      for (Path each : files.filter(file -> !file.endsWith("lock")).toList()) {
        Files.delete(each);
      }
    }
  }

  @Test
  void whatIsLostWhileTheNodeRunsShowsWithTheNextAnchor() throws Exception {
    try (AuditTrail trail = trail(3);
        Anchoring anchoring = anchoring(trail)) {
      anchored(trail);
      anchoring.start();
      loses("trail-1");
      add(trail, "dr-li", 4);
      assertThat(anchoring.fault()).isEmpty();
      blocks(epochBlocks());
      until(() -> anchoring.fault().isPresent());
      assertThat(anchoring.fault().orElseThrow()).contains("entry 4");
      assertThat(trail.size()).as("the alarm is in the trail itself").isEqualTo(5);
    }
  }

  @Test
  void whatIsLostOfWhatWasReadShowsWithinADay() throws Exception {
    AtomicLong nowMs = new AtomicLong(consortium.genesis.timeMs());
    try (AuditTrail trail = trail(3);
        Anchoring anchoring =
            new Anchoring(consortium.acting(OWN), trail, () -> Instant.ofEpochMilli(nowMs.get()))) {
      anchoring.start();
      loses("trail-1");
      nowMs.addAndGet(86_400_000L);
      blocks(1);
      until(() -> anchoring.fault().isPresent());
      assertThat(anchoring.fault().orElseThrow()).contains("entry 1");
      assertThat(report(trail).holds()).as("the page says it too").isFalse();
    }
  }

  @Test
  void anAnchorAtAnEntryBehindTheFirstChangedOneDiffers() throws Exception {
    try (AuditTrail trail = trail(3)) {
      anchored(trail);
      TrailAnchors anchors = Anchoring.of(consortium.ledger(OWN), trail);
      assertThat(anchors.report().holds()).isTrue();
      loses("trail-1");
      assertThat(anchors.report().holds()).as("nothing new is read").isTrue();
      assertThat(anchors.reportOfAll().anchors())
          .extracting(TrailReport.Anchor::finding)
          .containsExactly(TrailReport.Finding.DIFFERS);
      assertThat(anchors.report().holds()).as("and so it stays").isFalse();
    }
  }

  @Test
  void aTrailCutAtItsEndIsShorterThanTheLedgerSays() throws Exception {
    try (AuditTrail whole = trail(5)) {
      anchored(whole);
    }
    try (AuditTrail cut = kept(folder.resolve("trail-1"), 3)) {
      try (Anchoring anchoring = anchoring(cut)) {
        anchoring.start();
        assertThat(anchoring.fault()).hasValueSatisfying(words -> assertThat(words).contains("5"));
      }
      assertThat(report(cut).fault().orElseThrow().finding())
          .isEqualTo(TrailReport.Finding.SHORTER);
      assertThat(cut.size()).as("the alarm is in the trail itself").isEqualTo(4);
    }
  }

  @Test
  void aTrailWrittenAnewDiffersHoweverSoundItIs() {
    try (AuditTrail whole = trail(5)) {
      anchored(whole);
    }
    try (AuditTrail other = AuditTrail.open(folder.resolve("other"))) {
      for (int i = 1; i <= 6; i++) {
        add(other, i == 2 ? "somebody-else" : "dr-li", i);
      }
      assertThat(report(other).fault().orElseThrow().finding())
          .isEqualTo(TrailReport.Finding.DIFFERS);
      anchored(other);
      assertThat(report(other).fault().orElseThrow().sequence())
          .as("a later anchor does not hide the earlier")
          .isEqualTo(5);
    }
  }

  @Test
  void anchorsAreShownToAuditorsAndAdministrators() throws Exception {
    try (TestHospital hospital = new TestHospital(consortium, OWN, folder)) {
      hospital.has("chief", Role.ADMIN);
      hospital.has("auditor", Role.AUDITOR);
      anchored(hospital.audit);
      JsonNode shown = hospital.get("auditor", "/audit/anchors").json();
      assertThat(shown.path("holds").asBoolean()).isTrue();
      assertThat(shown.path("anchors").get(0).path("finding").asText()).isEqualTo("HOLDS");
      assertThat(hospital.get("chief", "/audit/anchors").status()).isEqualTo(200);
      String from = "/audit?agent=auditor&action=audit-read&outcome=ok";
      assertThat(hospital.get("auditor", from).json().path("total").asInt()).isEqualTo(1);
      assertThat(hospital.get("auditor", "/audit?action=nothing").status()).isEqualTo(400);
      assertThat(hospital.get("auditor", "/audit?since=yesterday").status()).isEqualTo(400);
      JsonNode all = hospital.get("auditor", "/audit/export").json();
      assertThat(all.path("type").asText()).isEqualTo("collection");
      assertThat(all.path("entry").size()).isGreaterThan(3);
      assertThat(hospital.auditedSubtypes()).contains("audit-export:0");
    }
  }

  /** The first entries of a trail, as somebody who deletes the others would leave it. */
  private AuditTrail kept(Path from, int entries) {
    JournalOptions options = new JournalOptions(16L << 20, 64 << 10);
    List<byte[]> frames = new ArrayList<>();
    try (Journal journal = Journal.open(from, options)) {
      journal.replay(journal.firstPosition(), (position, type, frame) -> frames.add(frame.clone()));
    }
    Path cut = folder.resolve("cut");
    try (Journal journal = Journal.open(cut, options)) {
      frames.subList(0, entries).forEach(frame -> journal.append(1, frame));
      journal.sync();
    }
    return AuditTrail.open(cut);
  }
}
