package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.ledger.api.GovernanceCase;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.MembershipChange.CustodianAddition;
import org.medseal.ledger.model.MembershipChange.CustodianRemoval;

/** Four hospitals of equal stake, so three must approve; the first holds the only custodian key. */
class CustodianVoteTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final TestConsortium consortium = new TestConsortium(4);
  private final InMemoryStore store = new InMemoryStore();
  private final TestLedger ledger = new TestLedger(consortium.genesis(), store);

  private static CustodianAddition fresh(int hospital) {
    return consortium.custodian(hospital, Sm2PrivateKey.generate(RANDOM));
  }

  private static IdentifiedTransaction proposal(int hospital, MembershipChange change) {
    return consortium.action(hospital, new Action.GovernanceProposal(change));
  }

  private static IdentifiedTransaction yes(int hospital, IdentifiedTransaction proposal) {
    return consortium.action(hospital, new Action.GovernanceVote(proposal.id(), true));
  }

  /** By this hospital and the two after it. */
  private void decided(int hospital, MembershipChange change) {
    IdentifiedTransaction proposal = proposal(hospital, change);
    ledger.commit(proposal, yes((hospital + 1) % 4, proposal), yes((hospital + 2) % 4, proposal));
  }

  private void assertRefused(int hospital, Action action) {
    ledger.requireRefused(consortium.action(hospital, action), Code.NOT_ALLOWED);
  }

  private List<CustodianKey> keys() {
    return ledger.view().custodians().keys();
  }

  private GovernanceCase found(IdentifiedTransaction proposal) {
    return ledger.view().governance().stream()
        .filter(each -> each.id().equals(proposal.id()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void moreThanTwoThirdsOfStakeAddAKeyAndTheOldSetStaysKnown() {
    CustodianAddition added = fresh(1);
    IdentifiedTransaction proposal = proposal(1, added);
    ledger.commit(proposal, yes(2, proposal));
    assertThat(keys()).isEqualTo(consortium.genesis().custodians().keys());
    ledger.commit(yes(3, proposal));
    CustodianKey first = consortium.genesis().custodians().keys().get(0);
    assertThat(ledger.view().custodians())
        .isEqualTo(new CustodianSet(2, List.of(first, added.key())));
    assertThat(ledger.view().custodians(1)).contains(consortium.genesis().custodians());
    assertThat(ledger.view().custodians(3)).isEmpty();
    assertThat(ledger.view().custodianTerms())
        .extracting(each -> each.fromHeight())
        .containsExactly(0L, 2L);
    assertThat(new TestLedger(consortium.genesis(), store).root()).isEqualTo(ledger.root());
  }

  @Test
  void aCustodianAloneAddsNobody() {
    CustodianKey first = keys().get(0);
    assertRefused(
        0, new Action.CustodianSetChange(new CustodianSet(2, List.of(first, fresh(0).key()))));
    assertRefused(0, new Action.CustodianSetChange(new CustodianSet(2, List.of(fresh(1).key()))));
  }

  @Test
  void aKeyIsProposedByItsOwnInstitutionOnly() {
    assertRefused(0, new Action.GovernanceProposal(fresh(1)));
  }

  @Test
  void aKeyWithoutItsOwnProofIsNotProposed() {
    CustodianAddition sound = fresh(1);
    CustodianAddition other = fresh(1);
    assertRefused(
        1, new Action.GovernanceProposal(new CustodianAddition(sound.key(), other.proof())));
    CustodianKey elsewhere = new CustodianKey("hospital-3", sound.key().sm2Point());
    assertRefused(
        2, new Action.GovernanceProposal(new CustodianAddition(elsewhere, sound.proof())));
    byte[] off = sound.key().sm2Point().toArray();
    off[64] ^= 1;
    IdentifiedTransaction noPoint =
        proposal(
            1, new CustodianAddition(new CustodianKey("hospital-2", Bytes.of(off)), sound.proof()));
    assertThat(ledger.check(noPoint).code()).isEqualTo(Code.MALFORMED);
  }

  @Test
  void aKeyStandsOnceInASet() {
    CustodianAddition added = fresh(1);
    decided(1, added);
    assertRefused(1, new Action.GovernanceProposal(added));
  }

  @Test
  void theLastKeyStays() {
    assertRefused(1, new Action.GovernanceProposal(new CustodianRemoval(keys().get(0).sm2Point())));
    decided(1, fresh(1));
    CustodianKey first = keys().get(0);
    decided(2, new CustodianRemoval(first.sm2Point()));
    assertThat(keys()).hasSize(1).doesNotContain(first);
    assertRefused(1, new Action.GovernanceProposal(new CustodianRemoval(keys().get(0).sm2Point())));
  }

  @Test
  void ofTwoRemovalsThatTogetherLeaveNobodyTheSecondFails() {
    decided(1, fresh(1));
    IdentifiedTransaction one = proposal(2, new CustodianRemoval(keys().get(0).sm2Point()));
    IdentifiedTransaction other = proposal(2, new CustodianRemoval(keys().get(1).sm2Point()));
    ledger.commit(one, other, yes(3, one), yes(3, other));
    ledger.commit(yes(1, one), yes(1, other));
    assertThat(keys()).hasSize(1);
    assertThat(found(one).state()).isEqualTo(GovernanceCase.State.ACCEPTED);
    assertThat(found(other).state()).isEqualTo(GovernanceCase.State.FAILED);
  }

  @Test
  void ofAHospitalAndTheOtherKeyBothPutOutInOneBlockOneStays() {
    decided(3, fresh(3));
    IdentifiedTransaction hospital = proposal(1, new MembershipChange.Removal("hospital-4"));
    IdentifiedTransaction key = proposal(1, new CustodianRemoval(keys().get(0).sm2Point()));
    ledger.commit(hospital, key, yes(0, hospital), yes(0, key));
    ledger.commit(yes(2, hospital), yes(2, key));
    assertThat(keys()).isEqualTo(consortium.genesis().custodians().keys());
    assertThat(found(key).state()).isEqualTo(GovernanceCase.State.FAILED);
  }

  /** Set 3 becomes the third hospital's alone; the present one the fourth's. */
  private void theThirdHospitalAloneHadASet() {
    decided(1, new CustodianRemoval(keys().get(0).sm2Point()));
    decided(3, fresh(3));
    decided(1, new CustodianRemoval(keys().get(0).sm2Point()));
    assertThat(keys()).extracting(CustodianKey::institution).containsExactly("hospital-4");
  }

  @Test
  void whoAloneOpensTheRecordsOfAnEarlierSetIsNotPutOut() {
    decided(2, fresh(2));
    theThirdHospitalAloneHadASet();
    MembershipChange removal = new MembershipChange.Removal("hospital-3");
    assertRefused(3, new Action.GovernanceProposal(removal));
    assertThat(ledger.check(proposal(3, removal)).reason()).contains("custodian set 3");
  }

  @Test
  void aRemovalPutToTheVoteBeforeThatFailsWhenItIsCounted() {
    decided(2, fresh(2));
    IdentifiedTransaction removal = proposal(3, new MembershipChange.Removal("hospital-3"));
    ledger.commit(removal);
    theThirdHospitalAloneHadASet();
    ledger.commit(yes(0, removal), yes(1, removal));
    assertThat(found(removal).state()).isEqualTo(GovernanceCase.State.FAILED);
    assertThat(found(removal).outcome()).contains("custodian set 3");
    assertThat(ledger.view().institution("hospital-3")).isPresent();
  }

  @Test
  void whoSharesEachOfItsSetsWithAnotherMemberIsPutOut() {
    decided(2, fresh(2));
    decided(3, fresh(3));
    decided(3, new MembershipChange.Removal("hospital-3"));
    assertThat(ledger.view().institution("hospital-3")).isEmpty();
    assertThat(keys())
        .extracting(CustodianKey::institution)
        .containsExactly("hospital-1", "hospital-4");
  }

  @Test
  void aCustodianGivesBackItsOwnKeysOnlyAndNeverTheLast() {
    CustodianKey first = keys().get(0);
    CustodianAddition second = fresh(1);
    decided(1, second);
    assertRefused(1, new Action.CustodianSetChange(new CustodianSet(3, List.of(second.key()))));
    assertRefused(2, new Action.CustodianSetChange(new CustodianSet(3, List.of(first))));
    assertRefused(0, new Action.CustodianSetChange(new CustodianSet(4, List.of(second.key()))));
    assertRefused(0, new Action.CustodianSetChange(new CustodianSet(2, List.of(second.key()))));
    assertRefused(0, new Action.CustodianSetChange(new CustodianSet(3, keys())));
    ledger.commit(
        consortium.action(
            0, new Action.CustodianSetChange(new CustodianSet(3, List.of(second.key())))));
    assertThat(keys()).containsExactly(second.key());
    assertRefused(0, new Action.CustodianSetChange(new CustodianSet(4, List.of(second.key()))));
  }

  @Test
  void whoWasACustodianDecidesAboutTheRecordsOfItsTime() {
    decided(1, fresh(1));
    decided(2, new CustodianRemoval(keys().get(0).sm2Point()));
    IdentifiedTransaction request = consortium.action(2, consortium.accessRequest());
    ledger.commit(request);
    assertRefused(3, new Action.AccessDecision(request.id(), true, Bytes.empty()));
    ledger.commit(
        consortium.action(0, new Action.AccessDecision(request.id(), true, Bytes.empty())));
    assertThat(ledger.view().access(request.id()).orElseThrow().decision()).isPresent();
  }
}
