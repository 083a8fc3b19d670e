package org.medseal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.audit.AuditException.Reason;
import org.medseal.ledger.journal.Journal;
import org.medseal.ledger.journal.JournalOptions;

class AuditTrailTest {
  private @TempDir Path folder;

  private static AuditEntry entry(int number) {
    return new AuditEntry(
        AuditAction.LOOK_UP, "dr-li", AuditEntry.OK, Map.of("found", Integer.toString(number)));
  }

  private void recorded(int entries) {
    try (AuditTrail trail = AuditTrail.open(folder)) {
      for (int i = 1; i <= entries; i++) {
        trail.record(entry(i));
      }
    }
  }

  @Test
  void entriesOutliveARestartInOrder() {
    recorded(3);
    try (AuditTrail trail = AuditTrail.open(folder)) {
      trail.record(entry(4));
      assertThat(trail.page(AuditQuery.ALL, 0, 10).entries())
          .extracting(ChainedEntry::sequence)
          .containsExactly(4L, 3L, 2L, 1L);
      assertThat(trail.page(AuditQuery.ALL, 3, 1).entries())
          .extracting(each -> each.entry().facts().get("found"))
          .containsExactly("2");
    }
  }

  @Test
  void aChangedEntryIsNoticedAtOpen() {
    recorded(5);
    rewrite(
        frames ->
            frames.set(
                2,
                text(frames.get(2))
                    .replace("dr-li", "dr-wu")
                    .getBytes(StandardCharsets.ISO_8859_1)));
    assertBroken();
  }

  @Test
  void aRemovedEntryIsNoticedAtOpen() {
    recorded(5);
    rewrite(frames -> frames.remove(2));
    assertBroken();
  }

  @Test
  void exchangedEntriesAreNoticedAtOpen() {
    recorded(5);
    rewrite(frames -> frames.add(1, frames.remove(3)));
    assertBroken();
  }

  @Test
  void theBundleIsFhirR4AndPages() {
    recorded(5);
    try (AuditTrail trail = AuditTrail.open(folder)) {
      trail.record(new AuditEntry(AuditAction.OPEN, "", "not-approved", Map.of()));
      AuditEvents events = new AuditEvents(trail, "hospital-1", "/api/v1/audit");
      Bundle first = parse(events.bundle(0, 4));
      assertThat(first.getTotal()).isEqualTo(6);
      AuditEvent newest = (AuditEvent) first.getEntryFirstRep().getResource();
      assertThat(newest.getOutcome().toCode()).isEqualTo("4");
      assertThat(newest.getOutcomeDesc()).isEqualTo("not-approved");
      assertThat(newest.getAgentFirstRep().getRequestor()).isTrue();
      assertThat(first.getLink("next").getUrl()).isEqualTo("/api/v1/audit?_count=4&before=3");
      Bundle last = parse(events.bundle(3, 4));
      assertThat(last.getEntry()).hasSize(2);
      assertThat(last.getLink("next")).isNull();
    }
  }

  private static Bundle parse(byte[] json) {
    IParser parser = FhirContext.forR4().newJsonParser();
    parser.setParserErrorHandler(new StrictErrorHandler());
    return parser.parseResource(Bundle.class, new String(json, StandardCharsets.UTF_8));
  }

  private void assertBroken() {
    assertThatThrownBy(() -> AuditTrail.open(folder))
        .isInstanceOfSatisfying(
            AuditException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BROKEN_CHAIN));
  }

  private interface Forgery {
    void change(List<byte[]> frames);
  }

  /** As somebody with access to the files would: well-formed frames with right checksums. */
  private void rewrite(Forgery forgery) {
    List<byte[]> frames = new ArrayList<>();
    JournalOptions options = new JournalOptions(16L << 20, 64 << 10);
    try (Journal journal = Journal.open(folder, options)) {
      journal.replay(
          journal.firstPosition(), (position, type, payload) -> frames.add(payload.clone()));
    }
    forgery.change(frames);
    for (File file : folder.toFile().listFiles()) {
      assertThat(file.delete()).isTrue();
    }
    try (Journal journal = Journal.open(folder, options)) {
      frames.forEach(frame -> journal.append(1, frame));
      journal.sync();
    }
  }

  private static String text(byte[] frame) {
    return new String(frame, StandardCharsets.ISO_8859_1);
  }
}
