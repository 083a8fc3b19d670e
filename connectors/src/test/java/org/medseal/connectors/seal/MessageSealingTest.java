package org.medseal.connectors.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.RuleReport;
import org.medseal.connectors.intake.Consortium;
import org.medseal.connectors.intake.MemoryLedger;
import org.medseal.connectors.ledger.CommitTracker;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.OutboxRecord;
import org.medseal.connectors.message.StoreFixture;
import org.medseal.connectors.patient.LocalPatientIndex;
import org.medseal.connectors.record.RecordContent;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.crypto.pseudonym.Pseudonym;
import org.medseal.crypto.pseudonym.PseudonymKey;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordTransaction;

class MessageSealingTest {
  private static final Consortium CONSORTIUM = new Consortium();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2025-11-30T23:59:59Z"));
  private static final PseudonymKey KEY =
      new PseudonymKey(1, "c", SecretBytes.copyOf(new byte[32]));

  @TempDir Path home;
  private final MemoryLedger ledger = new MemoryLedger(CONSORTIUM.genesis);
  private final RecordSealer sealer = CONSORTIUM.sealer(ledger, CLOCK);
  private MessageStore store;
  private LocalPatientIndex patients;
  private MessageSealing sealing;
  private CommitTracker tracker;
  private String id;

  @BeforeEach
  void aReceivedMessage() {
    store = new StoreFixture(home).open();
    patients =
        LocalPatientIndex.open(
            home.resolve("patients"), new LocalCipher(SecretBytes.copyOf(new byte[32])));
    sealing = new MessageSealing(store, patients, sealer::seal, new EarlierSeals(ledger, store));
    tracker = new CommitTracker(ledger, store, Duration.ZERO, () -> 0);
    tracker.start();
    id = StoreFixture.receive(store, "x").id();
  }

  @AfterEach
  void close() throws Exception {
    tracker.close();
    patients.close();
    store.close();
  }

  @Test
  void aSealedRecordOpensForTheCustodianAndVerifiesForTheGroup() {
    assertThat(sealing.seal(id, List.of(record("A", "body")))).isTrue();
    RecordTransaction sealed = onlySealed();
    RecordContent content = CONSORTIUM.open(sealed);
    assertThat(new String(content.content(), StandardCharsets.UTF_8)).isEqualTo("body");
    assertThat(content.ruleCounts()).containsEntry("PID-5", 2);
    assertThat(content.sequence()).isEqualTo(1);
    assertThat(sealed.core().expiryHeight()).isEqualTo(Consortium.EXPIRY_BLOCKS);
    assertThat(
            CONSORTIUM.groupKey.verify(
                Transactions.coreDigest(sealed.core()), sealed.core().groupSignature().toArray()))
        .isTrue();
  }

  @Test
  void theTagIsThatOfTheUtcMonthAndTheRestIsRandom() {
    sealing.seal(id, List.of(record("A", "body")));
    List<Hash> tags = onlySealed().witness().header().tags();
    Hash expected = Hash.of(pseudonym("A").tag(YearMonth.of(2025, 11)));
    assertThat(tags).hasSize(4).doesNotHaveDuplicates();
    assertThat(tags.get(0)).isEqualTo(expected);
  }

  @Test
  void theLocalIndexKnowsThePatientOfASealedRecordAlsoAfterReopening() {
    sealing.seal(id, List.of(record("A", "body")));
    Hash txId = store.records(id).get(0).txId();
    assertThat(patients.find(identifier("A"))).containsExactly(txId);
    assertThat(patients.find(identifier("B"))).isEmpty();
    patients.close();
    patients =
        LocalPatientIndex.open(
            home.resolve("patients"), new LocalCipher(SecretBytes.copyOf(new byte[32])));
    assertThat(patients.find(identifier("A"))).containsExactly(txId);
    assertThat(patients.patientOf(txId)).containsExactly(identifier("A"));
  }

  @Test
  void allRecordsOfAMessageMustCommit() {
    sealing.seal(id, List.of(record("A", "1"), record("B", "2"), record("A", "3")));
    assertThat(store.records(id)).extracting(OutboxRecord::sequence).containsExactly(1L, 1L, 2L);
    tracker.deliver(id);
    assertThat(state()).isEqualTo(MessageState.SUBMITTED);
    ledger.block();
    assertThat(state()).isEqualTo(MessageState.COMMITTED);
    assertThat(ledger.all()).hasSize(3);
  }

  @Test
  void aRecordAboveTheInlineLimitGoesIntoChunks() {
    String large = "x".repeat(Consortium.INLINE_LIMIT);
    assertThat(sealing.seal(id, List.of(record("A", large)))).isTrue();
    RecordTransaction sealed = onlySealed();
    assertThat(sealed.witness().payload()).isInstanceOf(Payload.Blob.class);
    RecordContent content = CONSORTIUM.open(sealed, ledger.blobs());
    assertThat(new String(content.content(), StandardCharsets.UTF_8)).isEqualTo(large);
    assertThat(content.sequence()).isEqualTo(1);
  }

  @Test
  void whatOnlyPaddingCarriesAboveTheInlineLimitGoesIntoChunksToo() {
    String nearly = "x".repeat(Consortium.INLINE_LIMIT - 1);
    assertThat(sealing.seal(id, List.of(record("A", nearly)))).isTrue();
    assertThat(onlySealed().witness().payload()).isInstanceOf(Payload.Blob.class);
    assertThat(CONSORTIUM.open(onlySealed(), ledger.blobs()).content()).hasSize(nearly.length());
  }

  @Test
  void aRecordAboveWhatANodeKeepsIsKeptBack() {
    String large = "x".repeat((int) Consortium.LARGEST);
    assertThat(sealing.seal(id, List.of(record("A", large)))).isFalse();
    assertThat(store.find(id).orElseThrow().reason()).contains(QuarantineReason.TOO_LARGE);
    assertThat(ledger.blobs().size()).isZero();
  }

  @Test
  void aNewSealHasFreshBytesAndTheSamePlaceInThePatientsOrder() {
    sealing.seal(id, List.of(record("A", "1")));
    final RecordTransaction first = onlySealed();
    tracker.deliver(id);
    ledger.forgetPool();
    ledger.blocks(Consortium.EXPIRY_BLOCKS);
    tracker.tick();
    assertThat(sealing.seal(id, List.of(record("A", "1")))).isTrue();
    RecordTransaction second = onlySealed();
    assertThat(second.witness().header().salt()).isNotEqualTo(first.witness().header().salt());
    assertThat(second.core().keyCommitment()).isNotEqualTo(first.core().keyCommitment());
    assertThat(CONSORTIUM.open(second).sequence()).isEqualTo(1);
    tracker.deliver(id);
    ledger.block();
    assertThat(ledger.all()).hasSize(1);
    assertThat(state()).isEqualTo(MessageState.COMMITTED);
  }

  @Test
  void aFailedMessagePutBackWaitsUntilItsOldTransactionIsOutOfTime() {
    sealing.seal(id, List.of(record("A", "1")));
    store.failed(id, "NOT_ALLOWED");
    store.reprocess(id);
    ledger.blocks(Consortium.EXPIRY_BLOCKS - 1);
    assertThatThrownBy(() -> sealing.seal(id, List.of(record("A", "1"))))
        .isInstanceOf(SealException.class);
    ledger.block();
    assertThat(sealing.seal(id, List.of(record("A", "1")))).isTrue();
  }

  /** Records of the epoch before still count for a few blocks of the next. */
  @Test
  void anEpochOnAnEarlierSealMayStillBeCommittedTwoOnItMayNot() {
    EarlierSeals earlier = new EarlierSeals(ledger, store);
    sealing.seal(id, List.of(record("A", "1")));
    store.failed(id, "NOT_ALLOWED");
    store.reprocess(id);
    ledger.nextEpoch();
    assertThatThrownBy(() -> earlier.requireSettled(id)).isInstanceOf(SealException.class);
    ledger.nextEpoch();
    earlier.requireSettled(id);
    assertThat(store.records(id)).noneMatch(OutboxRecord::isLive);
  }

  @Test
  void aFailedMessageThatWasCommittedAfterAllIsNotSealedAgain() {
    sealing.seal(id, List.of(record("A", "1")));
    tracker.deliver(id);
    store.failed(id, "NOT_ALLOWED");
    store.reprocess(id);
    ledger.block();
    assertThat(state()).isEqualTo(MessageState.COMMITTED);
    assertThat(sealing.seal(id, List.of(record("A", "1")))).isFalse();
    assertThat(ledger.all()).hasSize(1);
  }

  @Test
  void onlyTheRecordsThatAreMissingAreSealedAgain() throws Exception {
    sealing.seal(id, List.of(record("A", "1"), record("B", "2")));
    List<OutboxRecord> old = store.records(id);
    ledger.submit(Transactions.decode(store.transactionBytes(old.get(0).txId())).transaction());
    ledger.blocks(Consortium.EXPIRY_BLOCKS);
    tracker.tick();
    assertThat(state()).isEqualTo(MessageState.RECEIVED);
    sealing.seal(id, List.of(record("A", "1"), record("B", "2")));
    assertThat(store.records(id)).hasSize(2);
    assertThat(store.records(id).get(0).txId()).isEqualTo(old.get(0).txId());
    tracker.deliver(id);
    ledger.block();
    assertThat(ledger.all()).hasSize(2);
    assertThat(state()).isEqualTo(MessageState.COMMITTED);
  }

  private MessageState state() {
    return store.find(id).orElseThrow().state();
  }

  private RecordTransaction onlySealed() {
    List<OutboxRecord> live = store.records(id).stream().filter(OutboxRecord::isLive).toList();
    assertThat(live).hasSize(1);
    return (RecordTransaction)
        Transactions.decode(store.transactionBytes(live.get(0).txId())).transaction();
  }

  private static DeidentifiedRecord record(String patient, String body) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    counts.put("PID-5", 2);
    return new DeidentifiedRecord(
        Format.HL7V2,
        body.getBytes(StandardCharsets.UTF_8),
        "application/hl7-v2",
        List.of(pseudonym(patient)),
        pseudonym(patient),
        List.of(identifier(patient)),
        new RuleReport("rules-1", counts));
  }

  private static PatientIdentifier identifier(String patient) {
    return new PatientIdentifier("2.999", "NI", patient);
  }

  private static Pseudonym pseudonym(String patient) {
    return KEY.pseudonym(identifier(patient));
  }
}
