package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.api.LedgerView.AccessState;
import org.medseal.ledger.api.LedgerView.TraceState;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;

class RequestRulesTest {
  private static final int CUSTODIAN = 0;
  private static final int OPENER = 1;
  private static final int OTHER = 2;
  private static final Bytes BODY = TestConsortium.random(50);

  private static final TestConsortium consortium = new TestConsortium(3);
  private TestLedger ledger = new TestLedger(consortium.genesis());

  private Hash committedRequest() {
    IdentifiedTransaction request = consortium.action(OTHER, consortium.accessRequest());
    ledger.commit(request);
    return request.id();
  }

  private Hash committedTrace() {
    IdentifiedTransaction record = consortium.record().sign();
    ledger.commit(record);
    IdentifiedTransaction trace =
        consortium.action(OTHER, new Action.TraceRequest(record.id(), BODY));
    ledger.commit(trace);
    return trace.id();
  }

  private IdentifiedTransaction approval(int hospital, Hash trace) {
    return consortium.action(hospital, new Action.TraceApproval(trace));
  }

  private static Action.TraceResult result(Hash trace) {
    return new Action.TraceResult(trace, TestConsortium.randomHash(), BODY);
  }

  @Test
  void anInstitutionMayAskAndACustodianDecide() {
    Hash request = committedRequest();
    assertThat(ledger.view().access(request).orElseThrow().decision()).isEmpty();
    IdentifiedTransaction decision =
        consortium.action(CUSTODIAN, new Action.AccessDecision(request, true, BODY));
    ledger.requireAllowed(decision);
    ledger.commit(decision);
    AccessState state = ledger.view().access(request).orElseThrow();
    assertThat(state.institution()).isEqualTo("hospital-3");
    assertThat(state.height()).isEqualTo(1);
    assertThat(state.createdAtMs()).isEqualTo(TestConsortium.GENESIS_MS + 1000);
    assertThat(state.decision().orElseThrow().institution()).isEqualTo("hospital-1");
    assertThat(state.decision().orElseThrow().decision().approved()).isTrue();
    assertThat(ledger.view().accesses()).containsExactly(state);
  }

  @Test
  void anUnknownInstitutionIsRefused() {
    ledger.requireRefused(
        TestConsortium.signed(
            TestConsortium.CHAIN,
            "hospital-9",
            consortium.hospital(0).signing(),
            10,
            consortium.accessRequest()),
        Code.NOT_ALLOWED);
  }

  @Test
  void anotherInstitutionsSignatureIsRefused() {
    Ed25519PrivateKey key = consortium.hospital(1).signing();
    ledger.requireRefused(
        TestConsortium.signed(
            TestConsortium.CHAIN, "hospital-1", key, 10, consortium.accessRequest()),
        Code.BAD_SIGNATURE);
  }

  @Test
  void aSignatureForAnotherChainIsRefused() {
    ledger.requireRefused(
        TestConsortium.signed(
            "other-chain",
            "hospital-1",
            consortium.hospital(0).signing(),
            10,
            consortium.accessRequest()),
        Code.NOT_ALLOWED);
  }

  @Test
  void anExpiredActionIsRefused() {
    ledger.commitEmptyBlocks(3);
    ledger.requireRefused(consortium.action(0, 3, consortium.accessRequest()), Code.EXPIRED);
  }

  @Test
  void theTimeToAnswerLiesAheadAndWithin400DaysOfTheNewestBlock() {
    long newest = TestConsortium.GENESIS_MS;
    long longest = Duration.ofDays(400).toMillis();
    ledger.requireAllowed(
        consortium.action(OTHER, new Action.AccessRequest(newest + longest, BODY)));
    ledger.requireRefused(
        consortium.action(OTHER, new Action.AccessRequest(TestConsortium.GENESIS_MS, BODY)),
        Code.NOT_ALLOWED);
    ledger.requireRefused(
        consortium.action(OTHER, new Action.AccessRequest(newest + longest + 1, BODY)),
        Code.NOT_ALLOWED);
    ledger.commitEmptyBlocks(1);
    ledger.requireAllowed(
        consortium.action(OTHER, new Action.AccessRequest(newest + longest + 1, BODY)));
  }

  @Test
  void aDecisionNeedsItsRequest() {
    ledger.requireRefused(
        consortium.action(
            CUSTODIAN, new Action.AccessDecision(TestConsortium.randomHash(), true, BODY)),
        Code.NOT_ALLOWED);
  }

  @Test
  void aDecisionOnATraceIsRefused() {
    ledger.requireRefused(
        consortium.action(CUSTODIAN, new Action.AccessDecision(committedTrace(), true, BODY)),
        Code.NOT_ALLOWED);
  }

  @Test
  void aRequestIsDecidedOnce() {
    Hash request = committedRequest();
    IdentifiedTransaction first =
        consortium.action(CUSTODIAN, new Action.AccessDecision(request, false, BODY));
    IdentifiedTransaction second =
        consortium.action(CUSTODIAN, new Action.AccessDecision(request, true, BODY));
    assertThat(ledger.process(first, second)).isFalse();
    assertThat(ledger.prepare(first, second)).containsExactly(first);
    ledger.commit(first);
    ledger.requireRefused(second, Code.NOT_ALLOWED);
  }

  @Test
  void onlyACustodiansInstitutionDecides() {
    ledger.requireRefused(
        consortium.action(OTHER, new Action.AccessDecision(committedRequest(), true, BODY)),
        Code.NOT_ALLOWED);
  }

  @Test
  void anExpiredRequestIsNotDecided() {
    long answerBy = TestConsortium.GENESIS_MS + 1500;
    IdentifiedTransaction request =
        consortium.action(OTHER, new Action.AccessRequest(answerBy, BODY));
    ledger.commit(request);
    ledger.commitEmptyBlocks(1);
    ledger.requireRefused(
        consortium.action(CUSTODIAN, new Action.AccessDecision(request.id(), true, BODY)),
        Code.NOT_ALLOWED);
  }

  @Test
  void aTraceNeedsItsRecord() {
    ledger.requireRefused(
        consortium.action(OTHER, new Action.TraceRequest(TestConsortium.randomHash(), BODY)),
        Code.NOT_ALLOWED);
    ledger.requireRefused(
        consortium.action(OTHER, new Action.TraceRequest(committedRequest(), BODY)),
        Code.NOT_ALLOWED);
  }

  @Test
  void aTraceMayFollowItsRecordInTheSameBlock() {
    IdentifiedTransaction record = consortium.record().sign();
    IdentifiedTransaction trace =
        consortium.action(OTHER, new Action.TraceRequest(record.id(), BODY));
    assertThat(ledger.process(record, trace)).isTrue();
    assertThat(ledger.process(trace, record)).isFalse();
  }

  @Test
  void anApprovalNeedsItsTrace() {
    ledger.requireRefused(approval(OTHER, TestConsortium.randomHash()), Code.NOT_ALLOWED);
  }

  @Test
  void anInstitutionApprovesOnce() {
    Hash trace = committedTrace();
    ledger.commit(approval(OTHER, trace));
    ledger.requireRefused(approval(OTHER, trace), Code.NOT_ALLOWED);
    assertThat(ledger.process(approval(0, trace), approval(0, trace))).isFalse();
  }

  @Test
  void aResultNeedsApprovalsOfTwoInstitutions() {
    Hash trace = committedTrace();
    ledger.requireRefused(consortium.action(OPENER, result(trace)), Code.NOT_ALLOWED);
    ledger.commit(approval(OTHER, trace));
    ledger.requireRefused(consortium.action(OPENER, result(trace)), Code.NOT_ALLOWED);
    ledger.commit(approval(CUSTODIAN, trace));
    IdentifiedTransaction result = consortium.action(OPENER, result(trace));
    ledger.requireAllowed(result);
    ledger.commit(result);
    TraceState state = ledger.view().trace(trace).orElseThrow();
    assertThat(state.approvals()).containsExactly("hospital-3", "hospital-1");
    assertThat(state.result()).isPresent();
    assertThat(ledger.view().traces()).containsExactly(state);
  }

  @Test
  void aTraceIsAnsweredOnceAndByTheOpenerOnly() {
    Hash trace = committedTrace();
    ledger.commit(approval(OTHER, trace), approval(OPENER, trace));
    ledger.requireRefused(consortium.action(CUSTODIAN, result(trace)), Code.NOT_ALLOWED);
    ledger.commit(consortium.action(OPENER, result(trace)));
    ledger.requireRefused(consortium.action(OPENER, result(trace)), Code.NOT_ALLOWED);
    ledger.requireRefused(approval(CUSTODIAN, trace), Code.NOT_ALLOWED);
  }

  @Test
  void aResultNeedsItsTrace() {
    ledger.requireRefused(
        consortium.action(OPENER, result(TestConsortium.randomHash())), Code.NOT_ALLOWED);
  }

  @Test
  void aSingleInstitutionApprovesAlone() {
    TestConsortium alone = new TestConsortium(1);
    ledger = new TestLedger(alone.genesis());
    IdentifiedTransaction record = alone.record().sign();
    IdentifiedTransaction trace = alone.action(0, new Action.TraceRequest(record.id(), BODY));
    ledger.commit(record, trace);
    ledger.requireRefused(alone.action(0, result(trace.id())), Code.NOT_ALLOWED);
    ledger.commit(alone.action(0, new Action.TraceApproval(trace.id())));
    ledger.requireAllowed(alone.action(0, result(trace.id())));
  }

  @Test
  void anOlderViewDoesNotChange() {
    Hash request = committedRequest();
    var before = ledger.view();
    ledger.commit(consortium.action(CUSTODIAN, new Action.AccessDecision(request, true, BODY)));
    assertThat(before.access(request).orElseThrow().decision()).isEmpty();
    assertThat(before.accesses()).extracting(AccessState::id).isEqualTo(List.of(request));
    assertThat(ledger.view().access(request).orElseThrow().decision()).isPresent();
  }
}
