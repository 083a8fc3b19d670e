package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.engine.Application.Availability;
import org.medseal.ledger.engine.Application.FinalizeRequest;
import org.medseal.ledger.engine.Application.PrepareRequest;
import org.medseal.ledger.engine.Application.ProcessRequest;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.replica.ReceiptRules;

/**
 * What receipts a block must carry beside records with chunks. Of six validators four are replicas,
 * three of which must sign.
 */
class BlobRulesTest {
  private static final long SIZE = 3_000_000;
  private static final int HOSPITALS = 6;

  /** The first block is the one judged. */
  private static final long EXPIRY = 1;

  private static final TestConsortium consortium = new TestConsortium(HOSPITALS);
  private final TestLedger ledger = new TestLedger(consortium.genesis());
  private ValidatorSet validators;
  private Payload.Blob blob;
  private IdentifiedTransaction record;

  @BeforeEach
  void blob() {
    validators = ledger.view().validators();
    blob = new Payload.Blob(TestConsortium.randomHash(), SIZE, Payload.Blob.chunks(SIZE));
    record = consortium.record().payload(blob).sign();
  }

  private List<Validator> replicas() {
    return new ReceiptRules(validators, consortium.genesis().parameters(), 1)
        .replicas(blob.chunkRoot());
  }

  private ReplicaReceipt receipt(Validator validator) {
    return receipt(validator, blob.chunkRoot(), SIZE);
  }

  private ReplicaReceipt receipt(Validator validator, Hash root, long size) {
    return receipt(
        consortium.hospital(validator.index()).validator(), TestConsortium.CHAIN, root, size);
  }

  private static ReplicaReceipt receipt(Ed25519PrivateKey key, String chain, Hash root, long size) {
    return receipt(key, chain, root, size, EXPIRY);
  }

  private static ReplicaReceipt receipt(
      Ed25519PrivateKey key, String chain, Hash root, long size, long expiryHeight) {
    Bytes validatorKey = Bytes.of(key.publicKey().bytes());
    byte[] signed = ReceiptRules.signBytes(chain, root, size, validatorKey, expiryHeight);
    return new ReplicaReceipt(root, validatorKey, expiryHeight, Bytes.of(key.sign(signed)));
  }

  private List<ReplicaReceipt> receiptsUntil(long expiryHeight) {
    return sorted(
        replicas().stream()
            .limit(3)
            .map(each -> consortium.hospital(each.index()).validator())
            .map(key -> receipt(key, TestConsortium.CHAIN, blob.chunkRoot(), SIZE, expiryHeight))
            .toList());
  }

  private List<ReplicaReceipt> receipts(int count) {
    return sorted(replicas().stream().limit(count).map(this::receipt).toList());
  }

  private static List<ReplicaReceipt> sorted(List<ReplicaReceipt> receipts) {
    return receipts.stream().sorted(ReceiptRules.ORDER).toList();
  }

  private boolean process(List<ReplicaReceipt> receipts, IdentifiedTransaction... transactions) {
    return ledger.application.process(
        new ProcessRequest(
            1,
            TestConsortium.GENESIS_MS + 1000,
            List.of(transactions),
            new Availability(validators, receipts)));
  }

  private List<IdentifiedTransaction> prepare(
      List<ReplicaReceipt> receipts, IdentifiedTransaction... candidates) {
    return ledger.application.prepare(
        new PrepareRequest(
            1,
            TestConsortium.GENESIS_MS + 1000,
            List.of(candidates),
            1 << 20,
            new Availability(validators, receipts)));
  }

  private void assertRefused(List<ReplicaReceipt> receipts) {
    assertThat(process(receipts, record)).isFalse();
    assertThat(prepare(receipts, record)).isEmpty();
  }

  @Test
  void threeReceiptsOfDifferentReplicasSuffice() {
    assertThat(ledger.check(record).isOk()).isTrue();
    assertThat(prepare(receipts(3), record)).containsExactly(record);
    assertThat(process(receipts(3), record)).isTrue();
  }

  @Test
  void withoutReceiptsItWaitsOutsideTheBlocks() {
    assertThat(ledger.check(record).isOk()).isTrue();
    assertRefused(List.of());
  }

  @Test
  void oneReceiptTooFewOrTooManyIsRefused() {
    assertRefused(receipts(2));
    assertRefused(receipts(4));
  }

  @Test
  void aReplicasSecondReceiptDoesNotCount() {
    List<ReplicaReceipt> twice = new ArrayList<>(receipts(2));
    twice.add(twice.get(0));
    assertRefused(sorted(twice));
  }

  @Test
  void aReceiptOfWhoIsNoReplicaIsRefused() {
    Validator outsider =
        validators.validators().stream()
            .filter(each -> !replicas().contains(each))
            .findFirst()
            .orElseThrow();
    List<ReplicaReceipt> mixed = new ArrayList<>(receipts(2));
    mixed.add(receipt(outsider));
    assertRefused(sorted(mixed));
  }

  @Test
  void aReceiptUnderAnUnknownKeyIsRefused() {
    List<ReplicaReceipt> mixed = new ArrayList<>(receipts(2));
    Ed25519PrivateKey stranger = Ed25519PrivateKey.generate(new SecureRandom());
    mixed.add(receipt(stranger, TestConsortium.CHAIN, blob.chunkRoot(), SIZE));
    assertRefused(sorted(mixed));
  }

  @Test
  void aReceiptForOtherChunksIsRefused() {
    List<ReplicaReceipt> mixed = new ArrayList<>(receipts(2));
    mixed.add(receipt(replicas().get(2), TestConsortium.randomHash(), SIZE));
    assertRefused(sorted(mixed));
  }

  @Test
  void aReceiptWhoseSignatureIsForAnotherSizeChainOrRootIsRefused() {
    Validator third = replicas().get(2);
    Ed25519PrivateKey key = consortium.hospital(third.index()).validator();
    ReplicaReceipt otherSize = receipt(third, blob.chunkRoot(), SIZE - 1);
    ReplicaReceipt otherChain = receipt(key, "other", blob.chunkRoot(), SIZE);
    ReplicaReceipt otherRoot =
        new ReplicaReceipt(
            blob.chunkRoot(),
            third.key(),
            EXPIRY,
            receipt(third, TestConsortium.randomHash(), SIZE).signature());
    for (ReplicaReceipt wrong : List.of(otherSize, otherChain, otherRoot)) {
      List<ReplicaReceipt> mixed = new ArrayList<>(receipts(2));
      mixed.add(wrong);
      assertRefused(sorted(mixed));
    }
  }

  @Test
  void aReceiptWhoseExpiryWasChangedIsRefused() {
    List<ReplicaReceipt> mixed = new ArrayList<>(receipts(2));
    ReplicaReceipt third = receipt(replicas().get(2));
    mixed.add(
        new ReplicaReceipt(third.chunkRoot(), third.validatorKey(), EXPIRY + 1, third.signature()));
    assertRefused(sorted(mixed));
  }

  @Test
  void aReceiptCountsUpToItsExpiryAndForNoLongerThanARecordMayWait() {
    long longest = consortium.genesis().parameters().maxExpiryBlocks();
    assertThat(process(receiptsUntil(1), record)).isTrue();
    assertThat(process(receiptsUntil(1 + longest), record)).isTrue();
    assertRefused(receiptsUntil(0));
    assertRefused(receiptsUntil(2 + longest));
    assertRefused(receiptsUntil(Long.MAX_VALUE));
  }

  @Test
  void receiptsOutOfOrderAreRefused() {
    List<ReplicaReceipt> backwards =
        receipts(3).stream().sorted(ReceiptRules.ORDER.reversed()).toList();
    assertThat(process(backwards, record)).isFalse();
  }

  @Test
  void receiptsWithoutARecordThatNeedsThemAreRefused() {
    assertThat(process(receipts(3), consortium.record().sign())).isFalse();
    assertThat(process(receipts(3))).isFalse();
  }

  @Test
  void fewerValidatorsThanReceiptsAllHaveToSign() {
    ValidatorSet two = new ValidatorSet(List.of(validators.get(0), validators.get(1)));
    List<ReplicaReceipt> both = sorted(two.validators().stream().map(this::receipt).toList());
    validators = two;
    assertThat(process(both, record)).isTrue();
    assertThat(process(both.subList(0, 1), record)).isFalse();
  }

  @Test
  void withNoValidatorsNothingIsKept() {
    validators = Availability.NONE.validators();
    assertThat(process(List.of(), record)).isFalse();
  }

  @Test
  void twoRecordsThatNameTheSameChunksWithDifferentSizesDoNotStandTogether() {
    Payload.Blob larger =
        new Payload.Blob(blob.chunkRoot(), SIZE + 1, Payload.Blob.chunks(SIZE + 1));
    IdentifiedTransaction other = consortium.record().payload(larger).sign();
    assertThat(process(receipts(3), record, other)).isFalse();
    assertThat(prepare(receipts(3), record, other)).containsExactly(record);
  }

  @Test
  void whatFitsIntoTheBlockIsNotKeptInChunks() {
    long limit = TestConsortium.INLINE_LIMIT;
    Payload.Blob small = new Payload.Blob(blob.chunkRoot(), limit, 1);
    IdentifiedTransaction tiny = consortium.record().payload(small).sign();
    assertThat(ledger.check(tiny).code()).isEqualTo(Code.NOT_ALLOWED);
  }

  @Test
  void aDecidedBlockWithoutItsReceiptsStopsTheNode() {
    Block inline = ledger.block(List.of(record), List.of());
    Block bare =
        new Block(inline.header(), inline.transactions(), Optional.empty(), List.of(), List.of());
    FinalizeRequest request = new FinalizeRequest(Blocks.id(bare.header()), bare, validators);
    assertThatThrownBy(() -> ledger.application.finalizeBlock(request))
        .isInstanceOf(AppException.class)
        .hasMessageContaining("receipts");
  }

  @Test
  void replicasAreInTheOrderOfTheirScoresNotOfTheSet() {
    assertThat(replicas()).hasSize(4).doesNotHaveDuplicates();
    assertThat(receipts(4)).isSortedAccordingTo(Comparator.comparing(ReplicaReceipt::validatorKey));
  }
}
