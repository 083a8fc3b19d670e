package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.ledger.api.GovernanceCase;
import org.medseal.ledger.api.StakeAccount;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.engine.Application.Finalized;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.genesis.InstitutionShape;
import org.medseal.ledger.genesis.TlsProofs;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.StakeParameters;
import org.medseal.ledger.model.TlsProof;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;
import org.medseal.ledger.net.TlsIdentity;

/** Stake and membership through the application: signatures, proofs, blocks, stored state. */
class MembershipActionsTest {
  private static final int EPOCH = 3;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String ADDRESS = "elsewhere:7505";
  private static final TlsIdentity TLS = freshTls();
  private static final TestConsortium consortium = new TestConsortium(4);
  private static final Genesis genesis = shortEpochs(consortium.genesis());
  private final InMemoryStore store = new InMemoryStore();
  private final TestLedger ledger = new TestLedger(genesis, store);

  private static Genesis shortEpochs(Genesis usual) {
    StakeParameters rules = new StakeParameters(EPOCH, 60_000, 5, 10, 8, 10_000, 60_000);
    return usual.with(usual.parameters().with(25, rules));
  }

  private StakeAccount account(int hospital) {
    return ledger.view().stakes().get(hospital);
  }

  private static MembershipChange.Admission admission(
      Ed25519PrivateKey signing, Ed25519PrivateKey validator, Ed25519PrivateKey proving) {
    Institution added =
        new Institution(
            "hospital-5",
            Bytes.of(signing.publicKey().bytes()),
            TestConsortium.newSm2Point(),
            Bytes.of(validator.publicKey().bytes()),
            TLS.pin(),
            "localhost:7505",
            10);
    byte[] message = MembershipActions.admissionSignBytes(TestConsortium.CHAIN, added);
    return new MembershipChange.Admission(
        added,
        Bytes.of(signing.sign(message)),
        Bytes.of(proving.sign(message)),
        signed(TLS, message));
  }

  private static TlsIdentity freshTls() {
    return TlsIdentity.selfSigned("hospital", Instant.EPOCH, RANDOM);
  }

  private static TlsProof signed(TlsIdentity by, byte[] message) {
    return TlsProofs.make(by.certificate().getPublicKey(), by.key(), message);
  }

  @Test
  void aPinIsTakenByWhoeverHoldsItsKeyOnly() {
    Ed25519PrivateKey signing = Ed25519PrivateKey.generate(RANDOM);
    Ed25519PrivateKey validator = Ed25519PrivateKey.generate(RANDOM);
    MembershipChange.Admission sound = admission(signing, validator, validator);
    byte[] message =
        MembershipActions.admissionSignBytes(TestConsortium.CHAIN, sound.institution());
    for (TlsProof wrong :
        List.of(
            signed(freshTls(), message),
            signed(TLS, new byte[1]),
            new TlsProof(sound.tls().key(), Bytes.of(new byte[64])),
            new TlsProof(Bytes.of(new byte[65]), sound.tls().signature()))) {
      MembershipChange squat =
          new MembershipChange.Admission(
              sound.institution(), sound.signingProof(), sound.validatorProof(), wrong);
      assertThat(ledger.check(consortium.action(0, new Action.GovernanceProposal(squat))).code())
          .isEqualTo(Code.NOT_ALLOWED);
    }
    byte[] move =
        MembershipActions.nodeMoveSignBytes(TestConsortium.CHAIN, "hospital-2", TLS.pin(), ADDRESS);
    Action own = new Action.NodeMove(TLS.pin(), ADDRESS, signed(TLS, move));
    assertThat(ledger.check(consortium.action(2, own)).code()).isEqualTo(Code.NOT_ALLOWED);
    assertThat(ledger.check(consortium.action(1, own)).code()).isEqualTo(Code.OK);
  }

  @Test
  void anAddressOfTooManyBytesIsMalformedHoweverFewItsCharacters() {
    String address = "ä".repeat(200) + ":7505";
    assertThat(InstitutionShape.isAddress("a".repeat(200) + ":7505")).isTrue();
    assertThat(InstitutionShape.isAddress(address)).isFalse();
  }

  @Test
  void aCustodianPutOutIsACustodianNoMore() {
    CustodianKey kept = ledger.view().custodians().keys().get(0);
    IdentifiedTransaction addition =
        consortium.action(
            3,
            new Action.GovernanceProposal(consortium.custodian(3, Sm2PrivateKey.generate(RANDOM))));
    ledger.commit(
        addition,
        consortium.action(1, new Action.GovernanceVote(addition.id(), true)),
        consortium.action(2, new Action.GovernanceVote(addition.id(), true)));
    assertThat(ledger.view().custodians().keys()).hasSize(2);
    IdentifiedTransaction proposal =
        consortium.action(
            0, new Action.GovernanceProposal(new MembershipChange.Removal("hospital-4")));
    ledger.commit(
        proposal,
        consortium.action(1, new Action.GovernanceVote(proposal.id(), true)),
        consortium.action(2, new Action.GovernanceVote(proposal.id(), true)));
    assertThat(ledger.view().institution("hospital-4")).isEmpty();
    assertThat(ledger.view().custodians()).isEqualTo(new CustodianSet(3, List.of(kept)));
    TestLedger restarted = new TestLedger(genesis, store);
    assertThat(restarted.root()).isEqualTo(ledger.root());
  }

  @Test
  void nobodyIsAdmittedWithoutTheProofOfEveryKey() {
    Ed25519PrivateKey signing = Ed25519PrivateKey.generate(RANDOM);
    Ed25519PrivateKey validator = Ed25519PrivateKey.generate(RANDOM);
    assertThat(
            ledger
                .check(
                    consortium.action(
                        0, new Action.GovernanceProposal(admission(signing, validator, signing))))
                .code())
        .isEqualTo(Code.NOT_ALLOWED);
    assertThat(
            ledger
                .check(
                    consortium.action(
                        0, new Action.GovernanceProposal(admission(signing, validator, validator))))
                .code())
        .isEqualTo(Code.OK);
  }

  @Test
  void theAdmittedActsByItsOwnSignatureAndItsSetComesTwoHeightsOn() {
    Ed25519PrivateKey signing = Ed25519PrivateKey.generate(RANDOM);
    Ed25519PrivateKey validator = Ed25519PrivateKey.generate(RANDOM);
    IdentifiedTransaction proposal =
        consortium.action(
            0, new Action.GovernanceProposal(admission(signing, validator, validator)));
    IdentifiedTransaction bond =
        TestConsortium.signed(TestConsortium.CHAIN, "hospital-5", signing, 10, new Action.Bond(10));
    assertThat(ledger.check(bond).code()).isEqualTo(Code.NOT_ALLOWED);
    ledger.commit(
        proposal,
        consortium.action(1, new Action.GovernanceVote(proposal.id(), true)),
        consortium.action(2, new Action.GovernanceVote(proposal.id(), true)));
    assertThat(ledger.view().governance().get(0).state()).isEqualTo(GovernanceCase.State.ACCEPTED);
    assertThat(ledger.commit(bond).nextValidators()).isEmpty();
    Finalized edge = ledger.commit();
    assertThat(edge.nextValidators()).isPresent();
    assertThat(edge.nextValidators().get().size()).isEqualTo(5);
    assertThat(ledger.view().validators().size()).isEqualTo(4); // height 4
    assertThat(ledger.view().followingValidators()).isEqualTo(edge.nextValidators().get());
    ledger.commit();
    assertThat(ledger.view().validators()).isEqualTo(edge.nextValidators().get()); // height 5
    assertThat(ledger.application.institutions()).hasSize(5).endsWith("hospital-5");
  }

  @Test
  void aRotationNeedsTheNewKeysProofForThisInstitution() {
    Ed25519PrivateKey next = Ed25519PrivateKey.generate(RANDOM);
    Bytes key = Bytes.of(next.publicKey().bytes());
    Bytes own = proof(next, "hospital-2", key);
    assertThat(ledger.check(consortium.action(2, new Action.KeyRotate(key, own))).isOk()).isFalse();
    ledger.commit(consortium.action(1, new Action.KeyRotate(key, own)));
    ledger.commitEmptyBlocks(2);
    assertThat(ledger.view().followingValidators().get(1).key()).isEqualTo(key);
    assertThat(ledger.view().validators().get(1).key()).isNotEqualTo(key);
  }

  private static Bytes proof(Ed25519PrivateKey key, String institution, Bytes encoded) {
    return Bytes.of(
        key.sign(
            MembershipActions.keyRotationSignBytes(TestConsortium.CHAIN, institution, encoded)));
  }

  private static Evidence equivocation(long height, int index) {
    return new Evidence.DuplicateVote(
        vote(height, index, Optional.empty()), vote(height, index, Optional.of(Hash.ZERO)));
  }

  private static Vote vote(long height, int index, Optional<Hash> blockId) {
    return new Vote(VoteType.PRECOMMIT, height, 0, blockId, index, Bytes.of(new byte[64]));
  }

  @Test
  void evidenceSlashesAlikeOnEveryNodeAndAtEveryReplay() {
    ledger.commit(consortium.action(3, new Action.Unbond(10)));
    ledger.apply(ledger.block(List.of(), List.of(equivocation(1, 3))));
    ledger.commitEmptyBlocks(EPOCH + 1);
    assertThat(account(3).slashed()).isEqualTo(1);
    assertThat(account(3).state()).isEqualTo(StakeAccount.State.TOMBSTONED);
    assertThat(account(3).votes()).isZero();
    TestLedger other = new TestLedger(genesis);
    for (Block each : ledger.blocks()) {
      other.apply(each);
    }
    assertThat(other.root()).isEqualTo(ledger.root());
    TestLedger restarted = new TestLedger(genesis, store);
    assertThat(restarted.root()).isEqualTo(ledger.root());
    assertThat(restarted.view().stakes()).isEqualTo(ledger.view().stakes());
    assertThat(restarted.view().validators()).isEqualTo(ledger.view().validators());
  }

  @Test
  void theRemovedActsNoMore() {
    IdentifiedTransaction proposal =
        consortium.action(
            0, new Action.GovernanceProposal(new MembershipChange.Removal("hospital-4")));
    ledger.commit(
        proposal,
        consortium.action(1, new Action.GovernanceVote(proposal.id(), true)),
        consortium.action(2, new Action.GovernanceVote(proposal.id(), true)));
    assertThat(ledger.view().institution("hospital-4")).isEmpty();
    assertThat(ledger.check(consortium.action(3, consortium.accessRequest())).code())
        .isEqualTo(Code.NOT_ALLOWED);
    assertThat(ledger.application.dismissed()).isEmpty(); // it still votes
    ledger.commitEmptyBlocks(EPOCH + 1);
    assertThat(ledger.application.dismissed()).containsExactly("hospital-4");
  }
}
