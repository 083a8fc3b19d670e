package org.medseal.connectors.reprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deid.FeedPolicies;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.Explanation;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.connectors.message.MessageException;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.StoreFixture;

class ReprocessingTest {
  private static final String UNLISTED =
      "MSH|^~\\&|A|B|C|D|2024||ADT^A01|1|P|2.5\rPID|1||48151623^^^ELSEWHERE^MR||Testperson^W\r";

  @TempDir Path home;
  private MessageStore store;

  @BeforeEach
  void open() {
    store = new StoreFixture(home).open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aDryRunShowsWhatAChangedSettingWouldDoAndChangesNothing() {
    String id = quarantined("lab", UNLISTED, QuarantineReason.UNKNOWN_AUTHORITY);
    DryRun asBefore = under(UnlistedAuthority.QUARANTINE).dryRun(id);
    assertThat(asBefore.isDifferent()).isFalse();
    assertThat(asBefore.diff()).containsExactly("  QUARANTINED UNKNOWN_AUTHORITY PID-3");
    DryRun changed = under(UnlistedAuthority.LOCAL).dryRun(id);
    assertThat(changed.isDifferent()).isTrue();
    assertThat(changed.diff())
        .containsExactly("- QUARANTINED UNKNOWN_AUTHORITY PID-3", "+ RELEASED 1 record");
    assertThat(places(changed.explanation())).contains("PID-5");
    assertThat(changed.places())
        .anyMatch(line -> line.contains(" PID-5 by "))
        .noneMatch(line -> line.contains("Testperson"));
    assertThat(store.find(id).orElseThrow().state()).isEqualTo(MessageState.QUARANTINED);
    assertThat(store.find(id).orElseThrow().reason()).contains(QuarantineReason.UNKNOWN_AUTHORITY);
  }

  @Test
  void onlyWhatTheSelectionTakesIsPutBack() {
    String wanted = quarantined("lab", UNLISTED, QuarantineReason.UNKNOWN_AUTHORITY);
    String otherFeed = quarantined("icu", UNLISTED, QuarantineReason.UNKNOWN_AUTHORITY);
    String otherReason = quarantined("lab", "MSH|^~\\&|", QuarantineReason.UNPARSABLE);
    Reprocessing reprocessing = under(UnlistedAuthority.LOCAL);
    Selection lab =
        new Selection(
            MessageState.QUARANTINED,
            Optional.of(QuarantineReason.UNKNOWN_AUTHORITY),
            Optional.of("lab"));
    assertThat(reprocessing.select(lab)).containsExactly(wanted);
    assertThat(reprocessing.reprocess(lab)).isEqualTo(1);
    assertThat(reprocessing.reprocess(lab)).isZero();
    assertThat(store.find(wanted).orElseThrow().state()).isEqualTo(MessageState.RECEIVED);
    Selection all = new Selection(MessageState.QUARANTINED, Optional.empty(), Optional.empty());
    assertThat(reprocessing.select(all)).containsExactlyInAnyOrder(otherFeed, otherReason);
    assertThat(reprocessing.reprocess(all)).isEqualTo(2);
  }

  @Test
  void moreThanAPageIsSelectedWhole() {
    for (int i = 0; i < 501; i++) {
      quarantined("lab", "message " + i, QuarantineReason.UNPARSABLE);
    }
    Selection all = new Selection(MessageState.QUARANTINED, Optional.empty(), Optional.empty());
    assertThat(under(UnlistedAuthority.LOCAL).select(all)).hasSize(501).doesNotHaveDuplicates();
  }

  @Test
  void whatIsOnItsWayCannotBeSelected() {
    assertThatThrownBy(
            () -> new Selection(MessageState.SUBMITTED, Optional.empty(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMessageNobodyKnowsIsSaidToBeUnknown() {
    assertThatThrownBy(() -> under(UnlistedAuthority.LOCAL).dryRun("nobody"))
        .isInstanceOf(MessageException.class);
  }

  private Reprocessing under(UnlistedAuthority unlisted) {
    return new Reprocessing(store, DeidFixture::shipped, new FeedPolicies(Map.of(), unlisted));
  }

  private String quarantined(String feed, String text, QuarantineReason reason) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    String id = store.receive(feed, Format.HL7V2, raw, Optional.empty(), Optional.empty()).id();
    store.quarantined(id, reason, "PID-3");
    return id;
  }

  private static java.util.List<String> places(Explanation explanation) {
    java.util.List<String> places = new java.util.ArrayList<>();
    explanation.forEach((line, times) -> places.add(line.place()));
    return places;
  }
}
