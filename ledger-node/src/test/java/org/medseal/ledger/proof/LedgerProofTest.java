package org.medseal.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.merkle.InclusionProof;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.proof.ProofException.Reason;

/** What can be shown to somebody with a genesis or a checkpoint, and what cannot. */
class LedgerProofTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  @Test
  void everyTransactionIsProvenToWhoHasOnlyTheGenesis() {
    ProofChain chain = ProofChain.steady(20);
    for (long height = 1; height <= 20; height++) {
      for (Hash id : chain.transactionIds(height)) {
        ProofJudgement judged = verified(chain, chain.maker().inclusion(id, NONE));
        assertThat(judged.block().height()).isEqualTo(height);
        assertThat(judged.claim()).isInstanceOf(Claim.InBlock.class);
        assertThat(judged.caveats()).isEmpty();
      }
    }
  }

  @Test
  void everyTransactionIsProvenToWhoHasOnlyACheckpointBelowAtOrAboveIt() {
    ProofChain chain = ProofChain.steady(12);
    for (long height = 1; height <= 12; height++) {
      for (Hash id : chain.transactionIds(height)) {
        for (long checkpoint = 2; checkpoint <= 12; checkpoint++) {
          LedgerProof proof = chain.maker().inclusion(id, OptionalLong.of(checkpoint));
          ProofJudgement judged =
              ProofVerification.verify(reread(proof), chain.from(checkpoint), chain.rules());
          assertThat(judged.anchorHeight()).isEqualTo(checkpoint);
          assertThat(judged.claim() instanceof Claim.InHistory).isEqualTo(checkpoint > height);
          verified(chain, proof);
        }
      }
    }
  }

  @Test
  void everyHistoryIsProvenToContinueEveryEarlierOne() {
    ProofChain chain = ProofChain.steady(14);
    for (long from = 2; from <= 14; from++) {
      for (long to = from; to <= 14; to++) {
        LedgerProof proof = chain.maker().consistency(from, to, OptionalLong.of(from));
        verified(chain, proof);
        ProofVerification.verify(reread(proof), chain.from(from), chain.rules());
      }
    }
  }

  @Test
  void oneHeaderLeadsAcrossManyBlocksOfTheSameValidators() {
    ProofChain chain = ProofChain.steady(200);
    LedgerProof proof = chain.maker().inclusion(lastId(chain), NONE);
    assertThat(proof.chain()).hasSize(1);
    assertThat(proof.sets()).hasSize(1);
    verified(chain, proof);
  }

  /** Every ten blocks the oldest of five validators leaves and another joins. */
  @Test
  void changedValidatorsAreReachedOverTheMiddle() {
    ProofChain chain =
        new ProofChain(
                height ->
                    LongStream.range(height / 10, height / 10 + 5)
                        .mapToInt(i -> (int) i)
                        .boxed()
                        .toList(),
                1_000)
            .grow(120);
    LedgerProof proof = chain.maker().inclusion(lastId(chain), NONE);
    assertThat(proof.chain().size()).isBetween(3, 40);
    verified(chain, proof);
    LedgerProof shortened =
        LedgerProof.of(
            proof.sets(),
            proof.chain().subList(proof.chain().size() - 1, proof.chain().size()),
            proof.claim());
    refused(shortened, chain.fromGenesis(), chain.rules(), Reason.NOT_TRUSTED)
        .hasMessageContaining("more than a third of the stake trusted at height 0");
  }

  @Test
  void aLongIdleChainIsReachedBlockByBlock() {
    long tenDays = Duration.ofDays(10).toMillis();
    ProofChain chain = new ProofChain(height -> List.of(0, 1, 2, 3), tenDays).grow(9);
    LedgerProof proof = chain.maker().inclusion(lastId(chain), NONE);
    assertThat(proof.chain().size()).isGreaterThan(4);
    verified(chain, proof);
  }

  @Test
  void signersAreNotBelievedBeyondTheTrustPeriod() {
    long tenDays = Duration.ofDays(10).toMillis();
    ProofChain chain = new ProofChain(height -> List.of(0, 1, 2, 3), tenDays).grow(9);
    LedgerProof hasty =
        new ProofMaker(chain, chain.genesis(), Long.MAX_VALUE / 4).inclusion(lastId(chain), NONE);
    refused(hasty, chain.fromGenesis(), chain.rules(), Reason.OUT_OF_TIME)
        .hasMessageContaining("trust period");
  }

  @Test
  void anOldAnchorIsToldOfAndRefusedWhereAFreshOneIsAskedFor() {
    ProofChain chain = ProofChain.steady(3);
    LedgerProof proof = chain.maker().inclusion(lastId(chain), NONE);
    TrustRules later =
        new TrustRules(
            TrustRules.TRUST_PERIOD,
            chain.rules().now().plus(Duration.ofDays(15)),
            Duration.ZERO,
            false);
    assertThat(ProofVerification.verify(proof, chain.fromGenesis(), later).caveats()).hasSize(1);
    refused(proof, chain.fromGenesis(), later.freshOnly(), Reason.OUT_OF_TIME)
        .hasMessageContaining("newer checkpoint");
    ProofVerification.verify(proof, chain.fromGenesis(), chain.rules().freshOnly());
  }

  @Test
  void aHeaderFromTheFutureIsRefused() {
    ProofChain chain = ProofChain.steady(3);
    TrustRules earlier =
        new TrustRules(
            TrustRules.TRUST_PERIOD,
            chain.rules().now().minus(Duration.ofMinutes(2)),
            Duration.ZERO,
            false);
    refused(
            chain.maker().inclusion(lastId(chain), NONE),
            chain.fromGenesis(),
            earlier,
            Reason.OUT_OF_TIME)
        .hasMessageContaining("future");
  }

  @Test
  void anotherGenesisOrCheckpointIsNotLedFrom() {
    ProofChain chain = ProofChain.steady(6);
    ProofChain other = new ProofChain(height -> List.of(4, 5, 6, 7), 1_000).grow(6);
    LedgerProof proof = chain.maker().inclusion(lastId(chain), OptionalLong.of(2));
    refused(proof, other.fromGenesis(), chain.rules(), Reason.NOT_TRUSTED);
    refused(proof, other.from(2), chain.rules(), Reason.NOT_TRUSTED)
        .hasMessageContaining("is not the checkpoint's");
    refused(proof, chain.from(3), chain.rules(), Reason.NOT_TRUSTED)
        .hasMessageContaining("have it exported for this checkpoint");
  }

  @Test
  void aHeaderBelowTheCheckpointDoesNotNameTheChain() {
    ProofChain chain = ProofChain.steady(6);
    LedgerProof proof = chain.maker().inclusion(chain.transactionIds(5).get(0), OptionalLong.of(6));
    List<LightBlock> headers = new ArrayList<>(proof.chain());
    headers.removeIf(each -> each.height() < 6);
    headers.add(0, ProofChain.signed(ofOtherChain(headers.get(0).header()), List.of(0, 1, 2, 3)));
    LedgerProof forged = LedgerProof.of(proof.sets(), headers, proof.claim());
    refused(forged, chain.from(6), chain.rules(), Reason.OTHER_CHAIN);
  }

  private static BlockHeader ofOtherChain(BlockHeader like) {
    return new BlockHeader(
        BlockHeader.VERSION,
        "another-chain",
        1,
        like.timeMs(),
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        like.validatorsHash(),
        like.nextValidatorsHash(),
        Hash.ZERO,
        Hash.ZERO,
        0);
  }

  @Test
  void aTransactionOfAnotherBlockOrPlaceIsNotProven() {
    ProofChain chain = ProofChain.steady(6);
    LedgerProof proof = chain.maker().inclusion(chain.transactionIds(6).get(1), NONE);
    Claim.InBlock in = (Claim.InBlock) proof.claim();
    Hash stranger = ProofChain.id("never committed");
    notProven(chain, proof, new Claim.InBlock(stranger, 6, in.path()));
    InclusionProof elsewhere = new InclusionProof(0, in.path().size(), in.path().path());
    notProven(chain, proof, new Claim.InBlock(in.transaction(), 6, elsewhere));
    refused(
        new LedgerProof(
            proof.sets(), proof.chain(), new Claim.InBlock(in.transaction(), 5, in.path())),
        chain.fromGenesis(),
        chain.rules(),
        Reason.NOT_TRUSTED);
  }

  @Test
  void aHistoryThatIsNotTheHeadersIsNotProven() {
    ProofChain chain = ProofChain.steady(8);
    LedgerProof proof = chain.maker().consistency(4, 8, NONE);
    Claim.Grown grown = (Claim.Grown) proof.claim();
    HistoryAt forged = new HistoryAt(4, chain.historyAfter(2).orElseThrow());
    notProven(chain, proof, new Claim.Grown(forged, grown.to(), grown.path()));
    Claim.Grown wrong = (Claim.Grown) chain.maker().consistency(5, 8, NONE).claim();
    notProven(chain, proof, new Claim.Grown(grown.from(), grown.to(), wrong.path()));
  }

  @Test
  void whatTheCopyDoesNotHaveCannotBeProven() {
    ProofChain chain = ProofChain.steady(4);
    assertNotFound(() -> chain.maker().inclusion(ProofChain.id("unknown"), NONE));
    assertNotFound(() -> chain.maker().inclusion(lastId(chain), OptionalLong.of(5)));
    assertNotFound(() -> chain.maker().consistency(1, 4, NONE));
    assertNotFound(() -> chain.maker().consistency(2, 5, NONE));
    assertNotFound(() -> chain.maker().consistency(3, 2, NONE));
  }

  private static void assertNotFound(Runnable export) {
    assertThatThrownBy(export::run)
        .isInstanceOfSatisfying(
            ProofException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
  }

  private static void notProven(ProofChain chain, LedgerProof proof, Claim claim) {
    refused(
        new LedgerProof(proof.sets(), proof.chain(), claim),
        chain.fromGenesis(),
        chain.rules(),
        Reason.NOT_PROVEN);
  }

  private static AbstractThrowableAssert<?, ProofException> refused(
      LedgerProof proof, Anchor anchor, TrustRules rules, Reason reason) {
    ProofException refusal =
        Assertions.catchThrowableOfType(
            ProofException.class, () -> ProofVerification.verify(proof, anchor, rules));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
    return assertThat(refusal);
  }

  private static ProofJudgement verified(ProofChain chain, LedgerProof proof) {
    return ProofVerification.verify(reread(proof), chain.fromGenesis(), chain.rules());
  }

  private static LedgerProof reread(LedgerProof proof) {
    LedgerProof again = ProofFile.decode(ProofFile.encode(proof));
    assertThat(again).isEqualTo(proof);
    return again;
  }

  private static Hash lastId(ProofChain chain) {
    long height = chain.height();
    while (chain.transactionIds(height).isEmpty()) {
      height--;
    }
    List<Hash> ids = chain.transactionIds(height);
    return ids.get(ids.size() - 1);
  }
}
