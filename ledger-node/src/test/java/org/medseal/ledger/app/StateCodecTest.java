package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.StateHistory;
import org.medseal.ledger.merkle.MerkleFrontier;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.IdentifiedTransaction;

class StateCodecTest {
  private static byte[] encoded;

  @BeforeAll
  static void makeAState() {
    TestConsortium consortium = new TestConsortium(2);
    InMemoryStore store = new InMemoryStore();
    try (SignatureChecks checks = new SignatureChecks(1, 100)) {
      TestLedger ledger = new TestLedger(consortium.genesis(), store, checks);
      IdentifiedTransaction start =
          consortium.action(0, consortium.nextEpoch(2, consortium.genesis().members()));
      IdentifiedTransaction request = consortium.action(1, consortium.accessRequest());
      ledger.commit(start, request, consortium.record().sign());
      ledger.commit(
          consortium.action(0, new Action.AccessDecision(request.id(), false, request.encoded())),
          consortium.action(1, new Action.AuditAnchor(3, TestConsortium.randomHash())));
    }
    encoded = store.state().orElseThrow();
  }

  @Test
  void aStateRoundTrips() {
    LedgerState state = StateCodec.decode(encoded);
    assertThat(StateCodec.encode(state)).isEqualTo(encoded);
    assertThat(state.height()).isEqualTo(2);
    assertThat(state.history().size()).isEqualTo(5);
    assertThat(state.group().epochs()).hasSize(2);
  }

  /** Proofs of history rest on the place of that part. */
  @Test
  void theHistoryIsFoundUnderTheStateRoot() {
    LedgerState state = StateCodec.decode(encoded);
    StateHistory history = StateCodec.history(state);
    assertThat(StateCodec.parts(state).get(StateHistory.PART)).isEqualTo(history.part());
    assertThat(history.isIn(state.root())).isTrue();
    assertThat(history.frontier()).isEqualTo(state.history());
    assertThat(StateHistory.decode(history.encode().toArray())).isEqualTo(history);
    StateHistory other = new StateHistory(MerkleFrontier.EMPTY, history.place());
    assertThat(other.isIn(state.root())).isFalse();
  }

  @Test
  void requestsDoNotMakeTheStateGrow() {
    assertThat(encoded.length).isLessThan(8_192);
  }

  @Test
  void everyCutIsRefused() {
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatExceptionOfType(CodecException.class).isThrownBy(() -> StateCodec.decode(cut));
    }
  }

  @Test
  void everyChangedByteIsRefusedOrChangesTheRoot() {
    LedgerState state = StateCodec.decode(encoded);
    for (int i = 0; i < encoded.length; i++) {
      byte[] changed = encoded.clone();
      changed[i] ^= 1;
      assertThat(rootAfter(changed)).doesNotContain(state.root().hex());
    }
  }

  private static List<String> rootAfter(byte[] bytes) {
    try {
      return List.of(StateCodec.decode(bytes).root().hex());
    } catch (CodecException e) {
      return List.of();
    }
  }
}
