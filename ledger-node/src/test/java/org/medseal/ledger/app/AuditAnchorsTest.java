package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.api.LedgerView.AuditAnchored;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;

class AuditAnchorsTest {
  private static final TestConsortium consortium = new TestConsortium(2);
  private final InMemoryStore store = new InMemoryStore();
  private final TestLedger ledger = new TestLedger(consortium.genesis(), store);

  private static IdentifiedTransaction anchor(int hospital, long sequence, Hash head) {
    return consortium.action(hospital, new Action.AuditAnchor(sequence, head));
  }

  private void assertRefused(IdentifiedTransaction transaction) {
    ledger.requireRefused(transaction, Code.NOT_ALLOWED);
  }

  @Test
  void anInstitutionsAnchorsOnlyEverGoForward() {
    ledger.commit(anchor(0, 5, TestConsortium.randomHash()));
    assertRefused(anchor(0, 4, TestConsortium.randomHash()));
    assertRefused(anchor(0, 5, TestConsortium.randomHash()));
    assertThat(ledger.check(anchor(0, 6, TestConsortium.randomHash())).code()).isEqualTo(Code.OK);
  }

  @Test
  void aTrailBeginsAtEntryOne() {
    assertRefused(anchor(0, 0, TestConsortium.randomHash()));
    assertThat(ledger.check(anchor(0, 1, TestConsortium.randomHash())).code()).isEqualTo(Code.OK);
  }

  @Test
  void oneInstitutionsAnchorsDoNotBindAnother() {
    ledger.commit(anchor(0, 5, TestConsortium.randomHash()));
    assertThat(ledger.check(anchor(1, 1, TestConsortium.randomHash())).code()).isEqualTo(Code.OK);
  }

  @Test
  void twoAnchorsInOneBlockGoForwardToo() {
    IdentifiedTransaction later = anchor(0, 6, TestConsortium.randomHash());
    IdentifiedTransaction earlier = anchor(0, 5, TestConsortium.randomHash());
    assertThat(ledger.process(earlier, later)).isTrue();
    assertThat(ledger.process(later, earlier)).isFalse();
  }

  @Test
  void theStateHoldsTheLastAndTheLedgerAll() {
    Hash head = TestConsortium.randomHash();
    IdentifiedTransaction first = anchor(0, 5, TestConsortium.randomHash());
    IdentifiedTransaction second = anchor(0, 9, head);
    ledger.commit(first);
    LedgerView before = ledger.application.view();
    ledger.commit(second, anchor(1, 1, TestConsortium.randomHash()));
    LedgerView view = ledger.application.view();
    assertThat(view.lastAuditAnchor("hospital-1")).contains(new AuditAnchored(9, head, 2));
    assertThat(view.lastAuditAnchor("hospital-9")).isEmpty();
    assertThat(view.auditAnchors("hospital-1"))
        .extracting(CommittedTransaction::id)
        .containsExactly(first.id(), second.id());
    assertThat(before.auditAnchors("hospital-1"))
        .extracting(CommittedTransaction::id)
        .containsExactly(first.id());
  }

  @Test
  void theAnchorIsInTheStateThatASnapshotHolds() {
    ledger.commit(anchor(1, 3, TestConsortium.randomHash()));
    LedgerState state = StateCodec.decode(store.state().orElseThrow());
    assertThat(state.anchors().byInstitution()).containsOnlyKeys("hospital-2");
    assertThat(state.with(AuditAnchors.NONE).root()).isNotEqualTo(state.root());
  }
}
