package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.index.H2Index.Restored;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;

/** Rules that look things up answer from a snapshot as they do from the blocks. */
class RestoredLedgerTest {
  @TempDir Path folder;

  private final TestConsortium consortium = new TestConsortium(2);
  private final List<Lookup> lookups = new ArrayList<>();

  @Test
  void aRestoredLedgerRefusesAndAllowsWhatTheFirstOneDoes() {
    Bytes salt = TestConsortium.random(16);
    Hash tag = TestConsortium.randomHash();
    IdentifiedTransaction record = consortium.record().salt(salt).tag(tag).sign();
    IdentifiedTransaction request = consortium.action(1, consortium.accessRequest());
    IdentifiedTransaction decided = consortium.action(1, consortium.accessRequest());
    InMemoryStore store = new InMemoryStore();
    try (SignatureChecks checks = new SignatureChecks(1, 100);
        H2Index index = H2Index.open(folder)) {
      TestLedger first = new TestLedger(consortium.genesis(), store, checks);
      commit(first, record, request, decided);
      commit(first, decision(decided));
      restore(index, store, lookups.iterator());
      TestLedger second = new TestLedger(consortium.genesis(), index, checks);

      assertThat(second.application.info()).isEqualTo(first.application.info());
      List<IdentifiedTransaction> next =
          List.of(
              record,
              consortium.record().salt(salt).sign(),
              consortium.record().sign(),
              decision(request),
              decision(decided));
      List<Verdict> verdicts = next.stream().map(first::check).toList();
      assertThat(verdicts)
          .extracting(Verdict::code)
          .containsExactly(
              Verdict.Code.ALREADY_COMMITTED,
              Verdict.Code.SALT_REUSED,
              Verdict.Code.OK,
              Verdict.Code.OK,
              Verdict.Code.NOT_ALLOWED);
      assertThat(next.stream().map(second::check).toList()).isEqualTo(verdicts);
      assertThat(second.application.view().accesses())
          .isEqualTo(first.application.view().accesses());
      assertThat(index.recordsByTags(List.of(tag))).isEqualTo(store.recordsByTags(List.of(tag)));
      assertThat(index.transactionIds(1)).containsExactly(record.id(), request.id(), decided.id());

      IdentifiedTransaction answer = decision(request);
      assertThat(second.commit(answer).stateRoot()).isEqualTo(first.commit(answer).stateRoot());
    }
  }

  @Test
  void anIndexHalfFilledIsBegunAnew() {
    InMemoryStore store = new InMemoryStore();
    try (SignatureChecks checks = new SignatureChecks(1, 100)) {
      commit(
          new TestLedger(consortium.genesis(), store, checks),
          consortium.record().sign(),
          consortium.record().sign());
    }
    Iterator<Lookup> broken =
        new Iterator<>() {
          private int given;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Lookup next() {
            if (given == 1) {
              throw new IllegalStateException("the file ends");
            }
            return lookups.get(given++);
          }
        };
    try (H2Index index = H2Index.open(folder)) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> restore(index, store, broken));
    }
    assertThat(Files.exists(folder.resolve("rebuild"))).isTrue();
    try (H2Index index = H2Index.open(folder)) {
      assertThat(index.height()).isZero();
      restore(index, store, lookups.iterator());
      assertThat(index.height()).isEqualTo(1);
    }
    try (H2Index index = H2Index.open(folder)) {
      assertThat(index.locate(lookups.get(1).id())).isPresent();
    }
  }

  private void commit(TestLedger ledger, IdentifiedTransaction... transactions) {
    ledger.commit(transactions);
    int position = 0;
    for (IdentifiedTransaction each : transactions) {
      LedgerView view = ledger.application.view();
      lookups.add(Lookup.of(each, view.height(), position++, view.timeMs()));
    }
  }

  private IdentifiedTransaction decision(IdentifiedTransaction request) {
    return consortium.action(0, new Action.AccessDecision(request.id(), false, request.encoded()));
  }

  private static void restore(H2Index index, InMemoryStore store, Iterator<Lookup> lookups) {
    byte[] encoded = store.state().orElseThrow();
    SnapshotState state = SnapshotState.decode(encoded);
    index.restore(
        new Restored(state.height(), Hash.ZERO, Bytes.of(encoded), state.history()), lookups);
  }
}
