package org.medseal.ledger.proof;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.CommitCertificate;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;

/** Single steps of light verification; stakes are equal, so stake is counted in heads here. */
class LightClientTest {
  private static final ProofChain CHAIN = ProofChain.steady(9);
  private static final List<Integer> SIX = List.of(0, 1, 2, 10, 11, 12);
  private final LightClient client = new LightClient("proof-chain", CHAIN.rules());
  private final Trusted genesis = Anchor.trusted(CHAIN.genesis());

  @Test
  void moreThanAThirdOfTheTrustedStakeLeadsToALaterHeader() {
    assertThatCode(() -> step(block(5, List.of(0, 1, 10), List.of(0, 1, 10))))
        .doesNotThrowAnyException();
    Trusted three = new Trusted(0, genesis.blockId(), genesis.timeMs(), set(0, 1, 2));
    LightBlock oneOfThree = block(5, List.of(0, 10, 11), List.of(0, 10, 11));
    assertThatThrownBy(() -> client.requireStep(three, oneOfThree, set(0, 10, 11)))
        .hasMessageContaining("more than a third");
  }

  @Test
  void exactlyTwoThirdsOfItsOwnStakeIsNotEnough() {
    LightBlock four = block(5, SIX, List.of(0, 1, 2, 10));
    assertThatThrownBy(() -> step(four)).hasMessageContaining("two thirds of its own stake");
    assertThatCode(() -> step(block(5, SIX, List.of(0, 1, 2, 10, 11)))).doesNotThrowAnyException();
  }

  /** One trusted key under three indexes of a made-up set: a signature does not name its index. */
  @Test
  void aTrustedKeyCountsOnceHoweverOftenTheHeaderNamesIt() {
    List<Integer> repeated = List.of(0, 0, 0);
    assertThatThrownBy(() -> step(block(5, repeated, repeated)))
        .hasMessageContaining("more than a third of the stake trusted");
  }

  @Test
  void theNextHeaderNeedsTheValidatorsItsParentNamed() {
    LightBlock first = CHAIN.block(1).orElseThrow();
    assertThatCode(() -> step(first)).doesNotThrowAnyException();
    LightBlock foreign = changed(first, List.of(0, 1, 2), first.header().parent());
    assertThatThrownBy(() -> client.requireStep(genesis, foreign, set(0, 1, 2)))
        .hasMessageContaining("other validators than its parent said");
    LightBlock orphan = changed(first, List.of(0, 1, 2, 3), Hash.ZERO);
    assertThatThrownBy(() -> client.requireStep(genesis, orphan, set(0, 1, 2, 3)))
        .hasMessageContaining("another parent");
  }

  @Test
  void aSetThatTheHeaderDoesNotNameIsRefused() {
    LightBlock fifth = CHAIN.block(5).orElseThrow();
    assertThatThrownBy(() -> client.requireStep(genesis, fifth, set(0, 1, 2)))
        .hasMessageContaining("names other validators");
  }

  @Test
  void signaturesOfAnotherBlockRoundOrValidatorAreRefused() {
    LightBlock fifth = CHAIN.block(5).orElseThrow();
    CommitCertificate real = fifth.certificate();
    LightBlock sixth = CHAIN.block(6).orElseThrow();
    assertThatThrownBy(() -> step(new LightBlock(fifth.header(), sixth.certificate())))
        .hasMessageContaining("certificate of another block");
    CommitCertificate laterRound =
        new CommitCertificate(5, real.round() + 1, real.blockId(), real.signatures());
    assertThatThrownBy(() -> step(new LightBlock(fifth.header(), laterRound)))
        .hasMessageContaining("signature of validator 0");
    List<CommitCertificate.CommitSignature> twice = new ArrayList<>(real.signatures());
    twice.add(1, twice.get(0));
    CommitCertificate repeated = new CommitCertificate(5, 0, real.blockId(), twice);
    assertThatThrownBy(() -> step(new LightBlock(fifth.header(), repeated)))
        .hasMessageContaining("signature of validator 0");
  }

  @Test
  void aLaterHeaderComesLaterInTimeAndHeight() {
    LightBlock fifth = CHAIN.block(5).orElseThrow();
    Trusted same = new Trusted(5, fifth.id(), fifth.header().timeMs(), set(0, 1, 2, 3));
    assertThatThrownBy(() -> client.requireStep(same, fifth, set(0, 1, 2, 3)))
        .hasMessageContaining("does not come after");
    Trusted younger = new Trusted(3, fifth.id(), fifth.header().timeMs(), set(0, 1, 2, 3));
    assertThatThrownBy(() -> client.requireStep(younger, fifth, set(0, 1, 2, 3)))
        .hasMessageContaining("does not come after");
  }

  @Test
  void anotherChainIsRefused() {
    LightClient other =
        new LightClient(
            "other",
            new TrustRules(Duration.ofDays(14), Instant.now(), Duration.ofMinutes(1), false));
    assertThatThrownBy(
            () -> other.requireStep(genesis, CHAIN.block(5).orElseThrow(), set(0, 1, 2, 3)))
        .hasMessageContaining("another chain");
  }

  private void step(LightBlock block) {
    ValidatorSet own =
        List.of(set(0, 1, 2, 3), set(0, 1, 10), ProofChain.set(SIX), set(0, 0, 0)).stream()
            .filter(each -> Blocks.validatorsHash(each).equals(block.header().validatorsHash()))
            .findFirst()
            .orElseThrow();
    client.requireStep(genesis, block, own);
  }

  private static ValidatorSet set(Integer... keys) {
    return ProofChain.set(List.of(keys));
  }

  private static LightBlock block(long height, List<Integer> validators, List<Integer> signers) {
    LightBlock real = CHAIN.block(height).orElseThrow();
    return ProofChain.signed(header(real.header(), validators, real.header().parent()), signers);
  }

  private static LightBlock changed(LightBlock real, List<Integer> validators, Hash parent) {
    return ProofChain.signed(header(real.header(), validators, parent), validators);
  }

  private static BlockHeader header(BlockHeader real, List<Integer> validators, Hash parent) {
    return new BlockHeader(
        real.version(),
        real.chainId(),
        real.height(),
        real.timeMs(),
        parent,
        real.lastCommitHash(),
        real.transactionRoot(),
        real.stateRoot(),
        real.receiptsRoot(),
        real.evidenceHash(),
        real.replicaReceiptsHash(),
        Blocks.validatorsHash(ProofChain.set(validators)),
        real.nextValidatorsHash(),
        real.prioritiesHash(),
        real.parametersHash(),
        real.proposer());
  }
}
