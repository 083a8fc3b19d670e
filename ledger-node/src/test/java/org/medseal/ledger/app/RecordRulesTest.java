package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.group.Credential;
import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.crypto.group.Issuer;
import org.medseal.crypto.group.MemberKey;
import org.medseal.crypto.group.MemberSecret;
import org.medseal.crypto.group.Opener;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordTransaction;

class RecordRulesTest {
  private static TestConsortium consortium;
  private static SignatureChecks checks;

  private TestLedger ledger;

  @BeforeAll
  static void setUpConsortium() {
    consortium = new TestConsortium(3);
    checks = new SignatureChecks(2, 1000);
  }

  @AfterAll
  static void stopChecks() {
    checks.close();
  }

  @BeforeEach
  void startLedger() {
    ledger = new TestLedger(consortium.genesis(), new InMemoryStore(), checks);
  }

  /** Refused by check, by process, and left out by prepare. */
  private void assertRefused(IdentifiedTransaction transaction, Code code) {
    assertThat(ledger.check(transaction).code()).isEqualTo(code);
    assertThat(ledger.process(transaction)).isFalse();
    assertThat(ledger.prepare(transaction)).isEmpty();
  }

  private void assertAllowed(IdentifiedTransaction transaction) {
    assertThat(ledger.check(transaction).code()).isEqualTo(Code.OK);
    assertThat(ledger.prepare(transaction)).containsExactly(transaction);
    assertThat(ledger.process(transaction)).isTrue();
  }

  @Test
  void aSoundRecordIsAllowed() {
    assertAllowed(consortium.record().sign());
  }

  @Test
  void everyMembersSignatureCounts() {
    assertAllowed(consortium.record().signer(consortium.memberKey(2), 1).sign());
  }

  @Test
  void aRecordForAnotherChainIsRefused() {
    assertRefused(consortium.record().chainId("other-chain").sign(), Code.NOT_ALLOWED);
  }

  @Test
  void aHeaderForAnotherChainIsRefused() {
    assertRefused(consortium.record().headerChainId("other-chain").sign(), Code.MALFORMED);
  }

  @Test
  void aHeaderOfAnotherFormatIsRefused() {
    assertRefused(consortium.record().headerFormat(RecordFormat.DICOM).sign(), Code.MALFORMED);
  }

  @Test
  void anUnknownVersionIsRefused() {
    assertRefused(consortium.record().version(2).sign(), Code.MALFORMED);
  }

  @Test
  void aWitnessTheCoreDoesNotCommitToIsRefused() {
    assertRefused(
        consortium.record().witnessHash(hash -> TestConsortium.randomHash()).sign(),
        Code.MALFORMED);
  }

  @Test
  void aRecordMayEnterAtItsExpiryHeightAndNotAfter() {
    IdentifiedTransaction record = consortium.record().expiryHeight(2).sign();
    ledger.commitEmptyBlocks(1);
    assertAllowed(record);
    ledger.commitEmptyBlocks(1);
    assertRefused(record, Code.EXPIRED);
  }

  @Test
  void anExpiryTooFarAheadIsRefused() {
    assertAllowed(consortium.record().expiryHeight(1 + TestConsortium.MAX_EXPIRY).sign());
    assertRefused(
        consortium.record().expiryHeight(2 + TestConsortium.MAX_EXPIRY).sign(), Code.EXPIRED);
  }

  @Test
  void aRecordEntersOnce() {
    IdentifiedTransaction record = consortium.record().sign();
    ledger.commit(record);
    assertRefused(record, Code.ALREADY_COMMITTED);
  }

  @Test
  void aRecordStandsInABlockOnce() {
    IdentifiedTransaction record = consortium.record().sign();
    assertThat(ledger.process(record, record)).isFalse();
    assertThat(ledger.prepare(record, record)).containsExactly(record);
  }

  @Test
  void aSaltIsUsedOnceOnTheLedger() {
    Bytes salt = TestConsortium.random(16);
    ledger.commit(consortium.record().salt(salt).sign());
    assertRefused(consortium.record().salt(salt).sign(), Code.SALT_REUSED);
  }

  @Test
  void aSaltIsUsedOnceInABlock() {
    Bytes salt = TestConsortium.random(16);
    IdentifiedTransaction first = consortium.record().salt(salt).sign();
    IdentifiedTransaction second = consortium.record().salt(salt).sign();
    assertThat(ledger.process(first, second)).isFalse();
    assertThat(ledger.prepare(first, second)).containsExactly(first);
  }

  @Test
  void anEpochNotYetBegunIsRefused() {
    assertRefused(consortium.record().epoch(2).sign(), Code.STALE_EPOCH);
    assertRefused(consortium.record().epoch(0).sign(), Code.STALE_EPOCH);
  }

  @Test
  void thePreviousEpochCountsForTheGraceOnly() {
    IdentifiedTransaction old = consortium.record().expiryHeight(40).sign();
    ledger.commit(consortium.action(0, consortium.nextEpoch(2, consortium.genesis().members())));
    ledger.commitEmptyBlocks(TestConsortium.GRACE - 1);
    assertAllowed(old);
    ledger.commitEmptyBlocks(1);
    assertRefused(old, Code.STALE_EPOCH);
  }

  @Test
  void aSignatureOfOneEpochDoesNotCountInAnother() {
    ledger.commit(consortium.action(0, consortium.nextEpoch(2, consortium.genesis().members())));
    assertRefused(consortium.record().epoch(2).sign(), Code.BAD_SIGNATURE);
  }

  @Test
  void thePreviousCustodianSetCountsForTheGraceOnly() {
    IdentifiedTransaction old = consortium.record().expiryHeight(40).sign();
    IdentifiedTransaction proposal =
        consortium.action(1, new Action.GovernanceProposal(consortium.custodian(1, SECOND)));
    ledger.commit(
        proposal,
        consortium.action(0, new Action.GovernanceVote(proposal.id(), true)),
        consortium.action(2, new Action.GovernanceVote(proposal.id(), true)));
    ledger.commitEmptyBlocks(TestConsortium.GRACE - 1);
    assertAllowed(old);
    assertAllowed(consortium.record().custodians(twoCustodians(2)).sign());
    ledger.commitEmptyBlocks(1);
    assertRefused(old, Code.STALE_EPOCH);
  }

  @Test
  void aCustodianSetNotYetInForceIsRefused() {
    assertRefused(consortium.record().custodians(twoCustodians(2)).sign(), Code.STALE_EPOCH);
  }

  @Test
  void thereIsOneWrappedKeyForEachCustodianKey() {
    assertRefused(consortium.record().wraps(wraps -> List.of()).sign(), Code.MALFORMED);
    assertRefused(
        consortium
            .record()
            .wraps(wraps -> Stream.concat(wraps.stream(), wraps.stream()).toList())
            .sign(),
        Code.MALFORMED);
  }

  @Test
  void aWrappedKeyOfAnotherShapeIsRefused() {
    assertRefused(
        consortium.record().wraps(wraps -> List.of(TestConsortium.random(122))).sign(),
        Code.MALFORMED);
    assertRefused(
        consortium
            .record()
            .wraps(wraps -> List.of(Bytes.of(wraps.get(0).toArray(), 0, 100)))
            .sign(),
        Code.MALFORMED);
  }

  @Test
  void ciphertextAboveTheInlineLimitIsRefused() {
    assertAllowed(
        consortium.record().ciphertext(Bytes.of(new byte[TestConsortium.INLINE_LIMIT])).sign());
    assertRefused(
        consortium.record().ciphertext(Bytes.of(new byte[TestConsortium.INLINE_LIMIT + 1])).sign(),
        Code.TOO_LARGE);
  }

  @Test
  void aRecordAboveTheBlockSizeIsRefused() {
    assertRefused(
        consortium.record().ciphertext(Bytes.of(new byte[20_000])).sign(), Code.TOO_LARGE);
  }

  @Test
  void aSignatureOfAStrangerIsRefused() {
    SecureRandom random = new SecureRandom();
    Issuer stranger =
        Issuer.forEpoch(Opener.setUp(TestConsortium.CHAIN, random).parameters(), 1, random);
    GroupPublicKey key = stranger.publicKey();
    MemberSecret secret = MemberSecret.generate(random);
    Credential credential = stranger.issue(secret.commitmentBytes(key.parameters()), random);
    assertRefused(
        consortium.record().signer(new MemberKey(key, secret, credential, 3, 1), 1).sign(),
        Code.BAD_SIGNATURE);
  }

  @Test
  void aChangedCoreIsRefused() {
    RecordTransaction record = (RecordTransaction) consortium.record().sign().transaction();
    RecordTransaction other = (RecordTransaction) consortium.record().sign().transaction();
    assertRefused(
        Transactions.identify(new RecordTransaction(other.core(), record.witness())),
        Code.MALFORMED);
  }

  private static CustodianSet twoCustodians(int version) {
    CustodianKey first = consortium.genesis().custodians().keys().get(0);
    return new CustodianSet(
        version,
        List.of(first, new CustodianKey("hospital-2", Bytes.of(SECOND.publicKey().point()))));
  }

  private static final Sm2PrivateKey SECOND = Sm2PrivateKey.generate(new SecureRandom());
}
