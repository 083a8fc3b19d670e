package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.app.ActionThreads.Subject;
import org.medseal.ledger.app.AppStore.Topic;
import org.medseal.ledger.app.Lookup.OfRecord;
import org.medseal.ledger.app.Lookup.OfThread;
import org.medseal.ledger.app.Lookup.Plain;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.merkle.MerkleTree;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.RecordTransaction;

/** What stays known of each transaction, and that the state's root commits to it. */
class LookupTest {
  private static final long HEIGHT = 7;
  private static final int POSITION = 3;
  private static final long TIME_MS = 99;

  private final TestConsortium consortium = new TestConsortium(2);

  @Test
  void aRecordIsKnownByItsSaltItsTagsAndItsFormat() {
    IdentifiedTransaction record = consortium.record().sign();
    Lookup lookup = roundTripped(record);
    RecordTransaction transaction = (RecordTransaction) record.transaction();
    assertThat(lookup.content())
        .isEqualTo(
            new OfRecord(
                transaction.witness().header().salt(),
                transaction.witness().header().tags(),
                transaction.core().format()));
  }

  @Test
  void anActionOfAThreadIsKnownWhole() {
    IdentifiedTransaction request = consortium.action(1, consortium.accessRequest());
    assertThat(roundTripped(request).content())
        .isEqualTo(
            new OfThread(TIME_MS, new Subject(Topic.ACCESS, request.id()), request.encoded()));
    IdentifiedTransaction answer =
        consortium.action(0, new Action.AccessDecision(request.id(), false, request.encoded()));
    assertThat(((OfThread) roundTripped(answer).content()).subject().id()).isEqualTo(request.id());
  }

  @Test
  void whatTheGroupsEpochsRestOnIsKnownWhole() {
    IdentifiedTransaction start =
        consortium.action(0, consortium.nextEpoch(2, consortium.genesis().members()));
    OfThread known = (OfThread) roundTripped(start).content();
    assertThat(known.encoded()).isEqualTo(start.encoded());
    assertThat(known.subject()).isEqualTo(new Subject(Topic.GROUP, ActionThreads.GROUP));
  }

  @Test
  void eachInstitutionsAuditAnchorsAreAThreadOfTheirOwn() {
    Action.AuditAnchor anchor = new Action.AuditAnchor(1, TestConsortium.randomHash());
    OfThread first = (OfThread) roundTripped(consortium.action(0, anchor)).content();
    OfThread second = (OfThread) roundTripped(consortium.action(1, anchor)).content();
    assertThat(first.subject())
        .isEqualTo(new Subject(Topic.AUDIT, ActionThreads.auditSubject("hospital-1")));
    assertThat(second.subject().id()).isNotEqualTo(first.subject().id());
  }

  @Test
  void ofAnythingElseOnlyThePlaceIsKnown() {
    IdentifiedTransaction bond = consortium.action(0, new Action.Bond(1));
    assertThat(roundTripped(bond).content()).isEqualTo(new Plain());
  }

  @Test
  void theStateCommitsToEveryLookUpInLedgerOrder() {
    InMemoryStore store = new InMemoryStore();
    List<Bytes> expected = new ArrayList<>();
    try (SignatureChecks checks = new SignatureChecks(1, 100)) {
      TestLedger ledger = new TestLedger(consortium.genesis(), store, checks);
      IdentifiedTransaction record = consortium.record().sign();
      IdentifiedTransaction request = consortium.action(1, consortium.accessRequest());
      ledger.commit(record, request);
      expected.add(Lookup.of(record, 1, 0, ledger.application.view().timeMs()).encode());
      expected.add(Lookup.of(request, 1, 1, ledger.application.view().timeMs()).encode());
      ledger.commitEmptyBlocks(1);
      IdentifiedTransaction answer =
          consortium.action(0, new Action.AccessDecision(request.id(), false, request.encoded()));
      ledger.commit(answer);
      expected.add(Lookup.of(answer, 3, 0, ledger.application.view().timeMs()).encode());
    }
    LedgerState state = StateCodec.decode(store.state().orElseThrow());
    assertThat(state.lookups().size()).isEqualTo(3);
    assertThat(state.lookups().root()).isEqualTo(MerkleTree.root(expected));
  }

  @Test
  void everyCutIsRefusedAndEveryChangedByteShows() {
    IdentifiedTransaction request = consortium.action(1, consortium.accessRequest());
    for (IdentifiedTransaction each : List.of(consortium.record().sign(), request)) {
      Bytes encoded = lookup(each).encode();
      byte[] bytes = encoded.toArray();
      for (int i = 0; i < bytes.length; i++) {
        byte[] cut = Arrays.copyOf(bytes, i);
        assertThatExceptionOfType(CodecException.class)
            .isThrownBy(() -> Lookup.decode(Bytes.of(cut)));
        byte[] changed = bytes.clone();
        changed[i] ^= 1;
        assertThat(decoded(changed)).doesNotContain(encoded);
      }
    }
  }

  @Test
  void aThreadsActionUnderAnotherIdIsRefused() {
    IdentifiedTransaction request = consortium.action(1, consortium.accessRequest());
    Lookup other =
        new Lookup(
            consortium.record().sign().id(),
            HEIGHT,
            POSITION,
            new OfThread(TIME_MS, new Subject(Topic.ACCESS, request.id()), request.encoded()));
    assertThatExceptionOfType(CodecException.class).isThrownBy(() -> Lookup.decode(other.encode()));
  }

  private static Lookup lookup(IdentifiedTransaction transaction) {
    return Lookup.of(transaction, HEIGHT, POSITION, TIME_MS);
  }

  private static Lookup roundTripped(IdentifiedTransaction transaction) {
    Lookup lookup = lookup(transaction);
    assertThat(Lookup.decode(lookup.encode())).isEqualTo(lookup);
    assertThat(lookup.id()).isEqualTo(transaction.id());
    return lookup;
  }

  private static List<Bytes> decoded(byte[] bytes) {
    try {
      return List.of(Lookup.decode(Bytes.of(bytes)).encode());
    } catch (CodecException e) {
      return List.of();
    }
  }
}
