package org.medseal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.audit.AuditQuery.Period;

class AuditSearchTest {
  private static final FhirContext FHIR = FhirContext.forR4();
  private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

  private @TempDir Path folder;
  private AuditTrail trail;
  private Instant now = BEGIN;

  /** An hour passes with each entry. */
  @BeforeEach
  void fill() {
    trail = AuditTrail.open(folder, clock());
    add(AuditAction.LOOK_UP, "dr-li", AuditEntry.OK, Map.of("found", "1"));
    add(AuditAction.OPEN, "dr-li", AuditEntry.OK, Map.of("id", "aa", "txId", "bb"));
    add(AuditAction.OPEN, "dr-wu", "not-approved", Map.of("id", "aa"));
    add(AuditAction.LOGIN, "", "login-failed", Map.of("path", "POST /auth/login"));
    add(AuditAction.LOOK_UP, "dr-li", "too-many", Map.of());
  }

  @AfterEach
  void close() {
    trail.close();
  }

  private Clock clock() {
    InstantSource source = () -> now;
    return source.withZone(ZoneOffset.UTC);
  }

  private void add(AuditAction action, String actor, String outcome, Map<String, String> facts) {
    trail.record(new AuditEntry(action, actor, outcome, facts));
    now = now.plus(Duration.ofHours(1));
  }

  private static AuditQuery query(String action, String agent, String outcome, String entity) {
    return new AuditQuery(
        AuditAction.of(action),
        given(agent),
        new Period(Optional.empty(), Optional.empty()),
        given(outcome),
        given(entity));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(each -> !each.isEmpty());
  }

  private List<Long> found(AuditQuery query) {
    List<Long> sequences =
        trail.page(query, 0, 100).entries().stream().map(ChainedEntry::sequence).toList();
    assertThat(trail.count(query)).isEqualTo(sequences.size());
    return sequences;
  }

  @Test
  void eachPartOfASearchNarrowsIt() {
    assertThat(found(query("look-up", "", "", ""))).containsExactly(5L, 1L);
    assertThat(found(query("", "dr-li", "", ""))).containsExactly(5L, 2L, 1L);
    assertThat(found(query("", "", "ok", ""))).containsExactly(2L, 1L);
    assertThat(found(query("", "", "refused", ""))).containsExactly(5L, 4L, 3L);
    assertThat(found(query("", "", "not-approved", ""))).containsExactly(3L);
    assertThat(found(query("", "", "", "aa"))).containsExactly(3L, 2L);
    assertThat(found(query("open", "dr-li", "ok", "bb"))).containsExactly(2L);
    assertThat(found(query("", "nobody", "", ""))).isEmpty();
    assertThat(found(query("", "", "no-such", ""))).isEmpty();
    assertThat(found(AuditQuery.ALL)).containsExactly(5L, 4L, 3L, 2L, 1L);
  }

  @Test
  void aPeriodTakesItsFirstInstantAndNotItsLast() {
    Instant second = BEGIN.plus(Duration.ofHours(1));
    Instant fourth = BEGIN.plus(Duration.ofHours(3));
    AuditQuery query = AuditQuery.in(new Period(Optional.of(second), Optional.of(fourth)));
    assertThat(found(query)).containsExactly(3L, 2L);
  }

  @Test
  void aRestartedTrailFindsTheSame() {
    trail.close();
    trail = AuditTrail.open(folder, clock());
    eachPartOfASearchNarrowsIt();
    add(AuditAction.OPEN, "dr-li", AuditEntry.OK, Map.of("id", "aa"));
    assertThat(found(query("", "", "", "aa"))).containsExactly(6L, 3L, 2L);
  }

  @Test
  void pagesOfASearchFollowEachOther() {
    AuditEvents events = new AuditEvents(trail, "hospital-1", "/api/v1/audit");
    AuditQuery query = query("", "dr-li", "", "");
    Bundle first = parse(events.bundle(query, 0, 2));
    assertThat(first.getTotal()).isEqualTo(3);
    assertThat(first.getEntry()).hasSize(2);
    assertThat(first.getLink("next").getUrl())
        .isEqualTo("/api/v1/audit?_count=2&before=2&agent=dr-li");
    Bundle last = parse(events.bundle(query, 2, 2));
    assertThat(last.getEntry()).hasSize(1);
    assertThat(last.getLink("next")).isNull();
  }

  @Test
  void theExportIsOneSoundBundleOldestFirst() throws IOException {
    AuditEvents events = new AuditEvents(trail, "hospital-1", "/api/v1/audit");
    InputStream open = events.export(AuditQuery.ALL);
    add(AuditAction.LOGOUT, "dr-li", AuditEntry.OK, Map.of());
    Bundle bundle = parse(open.readAllBytes());
    assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.COLLECTION);
    assertThat(bundle.getEntry()).hasSize(5);
    for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
      AuditEvent event = (AuditEvent) entry.getResource();
      assertThat(missing(event, "AuditEvent")).isEmpty();
      assertThat(event.getSource().getObserver().getDisplay()).isEqualTo("hospital-1");
    }
    AuditEvent third = (AuditEvent) bundle.getEntry().get(2).getResource();
    assertThat(third.getSubtypeFirstRep().getCode()).isEqualTo("open");
    assertThat(third.getOutcomeDesc()).isEqualTo("not-approved");
  }

  @Test
  void anExportOfNothingIsABundleToo() throws IOException {
    AuditEvents events = new AuditEvents(trail, "hospital-1", "/api/v1/audit");
    Period never = new Period(Optional.of(BEGIN.plus(Duration.ofDays(9))), Optional.empty());
    assertThat(parse(events.export(AuditQuery.in(never)).readAllBytes()).getEntry()).isEmpty();
  }

  /** By HAPI's model of FHIR R4: elements that must be there and are not, by path. */
  private static List<String> missing(IBase element, String path) {
    List<String> missing = new ArrayList<>();
    var definition = FHIR.getElementDefinition(element.getClass());
    List<BaseRuntimeChildDefinition> children =
        element instanceof AuditEvent event
            ? FHIR.getResourceDefinition(event).getChildren()
            : definition
                    instanceof
                    ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition<?> composite
                ? composite.getChildren()
                : List.of();
    for (BaseRuntimeChildDefinition child : children) {
      List<IBase> values = child.getAccessor().getValues(element);
      if (child.getMin() > 0 && values.stream().allMatch(IBase::isEmpty)) {
        missing.add(path + "." + child.getElementName());
      }
      for (IBase value : values) {
        if (!value.isEmpty()) {
          missing.addAll(missing(value, path + "." + child.getElementName()));
        }
      }
    }
    return missing;
  }

  @Test
  void theStructureCheckSeesWhatIsMissing() {
    assertThat(missing(new AuditEvent(), "AuditEvent"))
        .contains("AuditEvent.type", "AuditEvent.recorded", "AuditEvent.source");
  }

  private static Bundle parse(byte[] json) {
    IParser parser = FHIR.newJsonParser();
    parser.setParserErrorHandler(new StrictErrorHandler());
    return parser.parseResource(Bundle.class, new String(json, StandardCharsets.UTF_8));
  }
}
