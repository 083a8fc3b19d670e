package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.group.MemberSecret;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.IdentifiedTransaction;

class RegistryRulesTest {
  private static final int ISSUER = 0;
  private static final int OTHER = 2;

  private static final TestConsortium consortium = new TestConsortium(3);
  private final TestLedger ledger = new TestLedger(consortium.genesis());

  private void assertRefused(int hospital, Action action, Code code) {
    ledger.requireRefused(consortium.action(hospital, action), code);
  }

  private static GroupMember rejoin() {
    return consortium.rejoin(OTHER, MemberSecret.generate(new SecureRandom()));
  }

  private static List<GroupMember> members() {
    return consortium.genesis().members();
  }

  @Test
  void aMemberMayJoinAnewAndIsCredentialedUnderTheNewCommitment() {
    GroupMember again = rejoin();
    ledger.commit(consortium.action(OTHER, new Action.MemberJoin(again)));
    assertThat(ledger.view().member("hospital-3")).contains(again);
    assertThat(ledger.view().memberships("hospital-3")).containsExactly(members().get(2), again);
    assertRefused(ISSUER, consortium.nextEpoch(2, members()), Code.NOT_ALLOWED);
    Action.EpochStart next = consortium.nextEpoch(2, List.of(members().get(0), again));
    ledger.commit(consortium.action(ISSUER, next));
    assertThat(ledger.view().epoch()).isEqualTo(2);
    assertThat(ledger.view().membersInEpoch()).isEqualTo(2);
    assertThat(ledger.view().credential(2, "hospital-2")).isEmpty();
    EpochCredential credential = next.credentials().get(1);
    assertThat(ledger.view().credential(2, "hospital-3")).contains(credential);
    assertThat(ledger.view().credentialByA(2, Bytes.of(credential.credential().toArray(), 0, 48)))
        .contains(credential);
    assertThat(ledger.view().groupPublicKey(1)).contains(consortium.genesis().groupPublicKey());
    assertThat(ledger.view().groupPublicKey(2)).contains(next.groupPublicKey());
    assertThat(ledger.view().groupPublicKey(3)).isEmpty();
  }

  @Test
  void anInstitutionJoinsForItselfOnly() {
    assertRefused(1, new Action.MemberJoin(rejoin()), Code.NOT_ALLOWED);
  }

  @Test
  void aCommitmentIsRegisteredOnce() {
    assertRefused(OTHER, new Action.MemberJoin(members().get(OTHER)), Code.NOT_ALLOWED);
  }

  @Test
  void aJoinWithAProofForAnotherNonceIsRefused() {
    GroupMember member = rejoin();
    assertRefused(
        OTHER,
        new Action.MemberJoin(
            new GroupMember(
                member.institution(),
                member.commitment(),
                member.proof(),
                TestConsortium.random(32),
                member.signature())),
        Code.NOT_ALLOWED);
  }

  @Test
  void aJoinWithAForeignProofIsRefused() {
    GroupMember member = rejoin();
    assertRefused(
        OTHER,
        new Action.MemberJoin(
            new GroupMember(
                member.institution(),
                member.commitment(),
                Bytes.fromHex("00"),
                member.nonce(),
                member.signature())),
        Code.NOT_ALLOWED);
  }

  @Test
  void onlyTheIssuerStartsAnEpoch() {
    assertRefused(1, consortium.nextEpoch(2, members()), Code.NOT_ALLOWED);
  }

  @Test
  void epochsFollowOneAnother() {
    assertRefused(ISSUER, consortium.nextEpoch(3, members()), Code.NOT_ALLOWED);
    assertRefused(ISSUER, consortium.nextEpoch(1, members()), Code.NOT_ALLOWED);
  }

  @Test
  void twoEpochsNeverStartInOneBlockWithTheSameNumber() {
    IdentifiedTransaction first = consortium.action(ISSUER, consortium.nextEpoch(2, members()));
    IdentifiedTransaction second = consortium.action(ISSUER, consortium.nextEpoch(2, members()));
    assertThat(ledger.process(first, second)).isFalse();
    assertThat(ledger.prepare(first, second)).containsExactly(first);
  }

  @Test
  void anEpochNeedsAMember() {
    assertRefused(ISSUER, consortium.nextEpoch(2, List.of()), Code.NOT_ALLOWED);
  }

  @Test
  void aKeyOfAnotherEpochIsRefused() {
    Action.EpochStart start = consortium.nextEpoch(3, members());
    assertRefused(
        ISSUER,
        new Action.EpochStart(2, start.groupPublicKey(), start.credentials()),
        Code.NOT_ALLOWED);
  }

  @Test
  void aKeyThatCannotBeReadIsRefused() {
    Action.EpochStart start = consortium.nextEpoch(2, members());
    assertRefused(
        ISSUER,
        new Action.EpochStart(2, Bytes.fromHex("00"), start.credentials()),
        Code.NOT_ALLOWED);
  }

  @Test
  void aKeyOfAnotherGroupIsRefused() {
    TestConsortium stranger = new TestConsortium(3);
    assertRefused(ISSUER, stranger.nextEpoch(2, stranger.genesis().members()), Code.NOT_ALLOWED);
  }

  @Test
  void aCredentialForAnotherMemberIsRefused() {
    Action.EpochStart start = consortium.nextEpoch(2, members());
    List<EpochCredential> swapped = new ArrayList<>();
    swapped.add(new EpochCredential("hospital-2", start.credentials().get(0).credential()));
    swapped.add(new EpochCredential("hospital-1", start.credentials().get(1).credential()));
    assertRefused(
        ISSUER, new Action.EpochStart(2, start.groupPublicKey(), swapped), Code.NOT_ALLOWED);
  }

  @Test
  void aCredentialForWhoHasNotJoinedIsRefused() {
    Action.EpochStart start = consortium.nextEpoch(2, members());
    assertRefused(
        ISSUER,
        new Action.EpochStart(
            2,
            start.groupPublicKey(),
            List.of(new EpochCredential("hospital-9", start.credentials().get(0).credential()))),
        Code.NOT_ALLOWED);
  }

  @Test
  void aMemberHasOneCredentialAnEpoch() {
    Action.EpochStart start = consortium.nextEpoch(2, List.of(members().get(0), members().get(0)));
    assertRefused(ISSUER, start, Code.NOT_ALLOWED);
  }

  @Test
  void anAIsGivenOnce() {
    Action.EpochStart start = consortium.nextEpoch(2, members());
    assertRefused(
        ISSUER,
        new Action.EpochStart(2, start.groupPublicKey(), consortium.genesis().credentials()),
        Code.NOT_ALLOWED);
    assertRefused(
        ISSUER,
        new Action.EpochStart(
            2,
            start.groupPublicKey(),
            List.of(
                start.credentials().get(0),
                new EpochCredential("hospital-2", start.credentials().get(0).credential()))),
        Code.NOT_ALLOWED);
  }
}
