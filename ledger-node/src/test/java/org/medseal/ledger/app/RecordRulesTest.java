package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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
  private static final TestConsortium consortium = new TestConsortium(3);
  private final TestLedger ledger = new TestLedger(consortium.genesis());

  @Test
  void aSoundRecordIsAllowed() {
    ledger.requireAllowed(consortium.record().sign());
  }

  @Test
  void everyMembersSignatureCounts() {
    ledger.requireAllowed(consortium.record().signer(consortium.memberKey(2), 1).sign());
  }

  @Test
  void aRecordForAnotherChainIsRefused() {
    ledger.requireRefused(consortium.record().chainId("other-chain").sign(), Code.NOT_ALLOWED);
  }

  @Test
  void aHeaderForAnotherChainIsRefused() {
    ledger.requireRefused(consortium.record().headerChainId("other-chain").sign(), Code.MALFORMED);
  }

  @Test
  void aHeaderOfAnotherFormatIsRefused() {
    ledger.requireRefused(
        consortium.record().headerFormat(RecordFormat.DICOM).sign(), Code.MALFORMED);
  }

  @Test
  void anUnknownVersionIsRefused() {
    ledger.requireRefused(consortium.record().version(2).sign(), Code.MALFORMED);
  }

  @Test
  void aWitnessTheCoreDoesNotCommitToIsRefused() {
    ledger.requireRefused(
        consortium.record().witnessHash(hash -> TestConsortium.randomHash()).sign(),
        Code.MALFORMED);
  }

  @Test
  void aRecordMayEnterAtItsExpiryHeightAndNotAfter() {
    IdentifiedTransaction record = consortium.record().expiryHeight(2).sign();
    ledger.commitEmptyBlocks(1);
    ledger.requireAllowed(record);
    ledger.commitEmptyBlocks(1);
    ledger.requireRefused(record, Code.EXPIRED);
  }

  @Test
  void anExpiryTooFarAheadIsRefused() {
    ledger.requireAllowed(consortium.record().expiryHeight(1 + TestConsortium.MAX_EXPIRY).sign());
    ledger.requireRefused(
        consortium.record().expiryHeight(2 + TestConsortium.MAX_EXPIRY).sign(), Code.EXPIRED);
  }

  @Test
  void aRecordEntersOnce() {
    IdentifiedTransaction record = consortium.record().sign();
    ledger.commit(record);
    ledger.requireRefused(record, Code.ALREADY_COMMITTED);
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
    ledger.requireRefused(consortium.record().salt(salt).sign(), Code.SALT_REUSED);
  }

  @Test
  void aSaltThatWasFreeWhenAskedForIsRefusedOnceItIsUsed() {
    Bytes salt = TestConsortium.random(16);
    IdentifiedTransaction later = consortium.record().salt(salt).sign();
    ledger.requireAllowed(later);
    ledger.commit(consortium.record().salt(salt).sign());
    ledger.requireRefused(later, Code.SALT_REUSED);
    assertThat(ledger.process(later)).isFalse();
    assertThat(ledger.prepare(later)).isEmpty();
  }

  @Test
  void theStoreIsAskedOnceForTheSaltOfARecordNotYetCommitted() {
    AtomicInteger asked = new AtomicInteger();
    AppStore counting =
        new InMemoryStore() {
          @Override
          public synchronized boolean containsSalt(Bytes salt) {
            asked.incrementAndGet();
            return super.containsSalt(salt);
          }
        };
    TestLedger counted = new TestLedger(consortium.genesis(), counting);
    IdentifiedTransaction record = consortium.record().sign();
    counted.requireAllowed(record);
    counted.requireAllowed(record);
    assertThat(counted.prepare(record)).containsExactly(record);
    counted.commit(record);
    assertThat(asked).hasValue(1);
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
    ledger.requireRefused(consortium.record().epoch(2).sign(), Code.STALE_EPOCH);
    ledger.requireRefused(consortium.record().epoch(0).sign(), Code.STALE_EPOCH);
  }

  @Test
  void thePreviousEpochCountsForTheGraceOnly() {
    IdentifiedTransaction old = consortium.record().expiryHeight(40).sign();
    ledger.commit(consortium.action(0, consortium.nextEpoch(2, consortium.genesis().members())));
    ledger.commitEmptyBlocks(TestConsortium.GRACE - 1);
    ledger.requireAllowed(old);
    ledger.commitEmptyBlocks(1);
    ledger.requireRefused(old, Code.STALE_EPOCH);
  }

  @Test
  void aSignatureOfOneEpochDoesNotCountInAnother() {
    ledger.commit(consortium.action(0, consortium.nextEpoch(2, consortium.genesis().members())));
    ledger.requireRefused(consortium.record().epoch(2).sign(), Code.BAD_SIGNATURE);
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
    ledger.requireAllowed(old);
    ledger.requireAllowed(consortium.record().custodians(twoCustodians(2)).sign());
    ledger.commitEmptyBlocks(1);
    ledger.requireRefused(old, Code.STALE_EPOCH);
  }

  @Test
  void aCustodianSetNotYetInForceIsRefused() {
    ledger.requireRefused(
        consortium.record().custodians(twoCustodians(2)).sign(), Code.STALE_EPOCH);
  }

  @Test
  void thereIsOneWrappedKeyForEachCustodianKey() {
    ledger.requireRefused(consortium.record().wraps(wraps -> List.of()).sign(), Code.MALFORMED);
    ledger.requireRefused(
        consortium
            .record()
            .wraps(wraps -> Stream.concat(wraps.stream(), wraps.stream()).toList())
            .sign(),
        Code.MALFORMED);
  }

  @Test
  void aWrappedKeyOfAnotherShapeIsRefused() {
    ledger.requireRefused(
        consortium.record().wraps(wraps -> List.of(TestConsortium.random(122))).sign(),
        Code.MALFORMED);
    ledger.requireRefused(
        consortium
            .record()
            .wraps(wraps -> List.of(Bytes.of(wraps.get(0).toArray(), 0, 100)))
            .sign(),
        Code.MALFORMED);
  }

  @Test
  void ciphertextAboveTheInlineLimitIsRefused() {
    ledger.requireAllowed(
        consortium.record().ciphertext(Bytes.of(new byte[TestConsortium.INLINE_LIMIT])).sign());
    ledger.requireRefused(
        consortium.record().ciphertext(Bytes.of(new byte[TestConsortium.INLINE_LIMIT + 1])).sign(),
        Code.TOO_LARGE);
  }

  @Test
  void aRecordAboveTheBlockSizeIsRefused() {
    ledger.requireRefused(
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
    ledger.requireRefused(
        consortium.record().signer(new MemberKey(key, secret, credential, 3, 1), 1).sign(),
        Code.BAD_SIGNATURE);
  }

  @Test
  void aChangedCoreIsRefused() {
    RecordTransaction record = (RecordTransaction) consortium.record().sign().transaction();
    RecordTransaction other = (RecordTransaction) consortium.record().sign().transaction();
    ledger.requireRefused(
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
