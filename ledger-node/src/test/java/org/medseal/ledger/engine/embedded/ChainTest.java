package org.medseal.ledger.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.engine.Application;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.model.Vote;
import org.medseal.ledger.model.VoteType;
import org.medseal.ledger.sim.SimApplication;
import org.medseal.ledger.sim.SimGenesis;

/** Which validators decide which height. */
class ChainTest {
  private static final Genesis GENESIS =
      SimGenesis.of(List.of(30L, 26L, 24L, 20L), List.of(key(1), key(2), key(3), key(4)));

  private final BlocksInMemory store = new BlocksInMemory();
  private final Application application = new SimApplication(GENESIS);
  private Chain chain;
  private ValidatorSet first;

  private static Bytes key(int number) {
    byte[] key = new byte[32];
    key[0] = (byte) number;
    return Bytes.of(key);
  }

  @BeforeEach
  void begin() {
    chain = new Chain(GENESIS, application, store);
    chain.recover();
    first = chain.state().validators();
  }

  private void decide(IdentifiedTransaction... transactions) {
    BlockRules rules =
        new BlockRules(GENESIS, application, chain, new Signatures("sim", (k, m, s) -> true));
    long timeMs = chain.state().timeMs() + 1;
    Block block = rules.build(timeMs, 0, List.of(transactions), List.of(), List.of());
    long height = block.header().height();
    chain.commit(
        new BlockStore.StoredBlock(
            block, new CommitCertificate(height, 0, Blocks.id(block.header()), List.of())));
  }

  @Test
  void aChangeDecidedAtOneHeightTakesEffectTwoHeightsOn() {
    decide(SimGenesis.transaction(1, true, 16));
    ValidatorSet changed = chain.state().following();
    assertThat(changed).isNotEqualTo(first);
    assertThat(chain.state().validators()).as("of height 2").isEqualTo(first);
    decide();
    assertThat(chain.state().validators()).as("of height 3").isEqualTo(changed);
  }

  @Test
  void theSetOfAHeightIsKnownAfterwards() {
    decide(SimGenesis.transaction(1, true, 16));
    ValidatorSet changed = chain.state().following();
    decide();
    decide();
    decide();
    assertThat(chain.validatorsAt(1)).isEqualTo(first);
    assertThat(chain.validatorsAt(2)).isEqualTo(first);
    assertThat(chain.validatorsAt(3)).isEqualTo(changed);
    assertThat(chain.validatorsAt(4)).isEqualTo(changed);
    assertThat(chain.validatorsAt(5)).isEqualTo(changed);
  }

  @Test
  void aForgedLatePrecommitCostsTheValidatorItNamesNothing() {
    Signatures forged = new Signatures("sim", (key, message, signature) -> false);
    Signatures genuine = new Signatures("sim", (key, message, signature) -> true);
    decide();
    assertThat(chain.late(precommit(2), forged)).as("its sender is to blame").isFalse();
    assertThat(latecomers()).isZero();
    assertThat(chain.late(precommit(2), genuine)).isTrue();
    assertThat(latecomers()).isEqualTo(1);
  }

  @Test
  void aPrecommitThatIsInTheCertificateIsNotVerifiedAgain() {
    AtomicInteger verified = new AtomicInteger();
    Signatures counted =
        new Signatures("sim", (key, message, signature) -> verified.incrementAndGet() > 0);
    decide();
    for (int i = 0; i < 5; i++) {
      assertThat(chain.late(precommit(2), counted)).isTrue();
    }
    assertThat(verified).hasValue(1);
  }

  private long latecomers() {
    return chain.state().certificate().orElseThrow().signatures().stream()
        .filter(each -> each.validator() == 2)
        .count();
  }

  private Vote precommit(int validator) {
    return new Vote(
        VoteType.PRECOMMIT,
        chain.state().height(),
        0,
        Optional.of(chain.state().blockId()),
        validator,
        Bytes.of(new byte[64]));
  }

  @Test
  void anAccusationWithoutProofCostsNoReadingOfBlocks() {
    for (int i = 0; i < 20; i++) {
      decide();
    }
    Chain again = new Chain(GENESIS, application, store);
    again.recover();
    store.reads = 0;
    Evidence forged = EvidencePool.ordered(new Evidence.DuplicateVote(nil(1), other(1)));
    Signatures none = new Signatures("sim", (key, message, signature) -> false);
    BlockRules rules = new BlockRules(GENESIS, application, again, none);
    Block block = rules.build(again.state().timeMs() + 1, 0, List.of(), List.of(forged), List.of());
    assertThat(rules.refusal(block))
        .hasValueSatisfying(each -> assertThat(each).contains("proven"));
    assertThat(store.reads).isZero();
  }

  @Test
  void anAccusationProvenInAnEarlierBlockIsRefused() {
    decide();
    Signatures all = new Signatures("sim", (key, message, signature) -> true);
    BlockRules rules = new BlockRules(GENESIS, application, chain, all);
    Evidence proof = EvidencePool.ordered(new Evidence.DuplicateVote(nil(1), other(1)));
    Block block = rules.build(chain.state().timeMs() + 1, 0, List.of(), List.of(proof), List.of());
    assertThat(rules.refusal(block)).isEmpty();
    chain.commit(
        new BlockStore.StoredBlock(
            block, new CommitCertificate(2, 0, Blocks.id(block.header()), List.of())));
    Block twice = rules.build(chain.state().timeMs() + 1, 0, List.of(), List.of(proof), List.of());
    assertThat(rules.refusal(twice)).isPresent();
  }

  private static Vote nil(long height) {
    return new Vote(VoteType.PREVOTE, height, 0, Optional.empty(), 1, Bytes.of(new byte[64]));
  }

  private static Vote other(long height) {
    return new Vote(VoteType.PREVOTE, height, 0, Optional.of(Hash.ZERO), 1, Bytes.of(new byte[64]));
  }
}
