package org.medseal.ledger.proof;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.proof.ProofException.Reason;

/**
 * Judges a proof offline: from the anchor over the headers it carries to the ones its claim rests
 * on, then the claim. Throws ProofException, which says what does not hold.
 */
public final class ProofVerification {
  private final LedgerProof proof;
  private final TrustRules rules;
  private final Map<Long, LightBlock> believed = new TreeMap<>();

  private ProofVerification(LedgerProof proof, TrustRules rules) {
    this.proof = proof;
    this.rules = rules;
  }

  public static ProofJudgement verify(LedgerProof proof, Anchor anchor, TrustRules rules) {
    return new ProofVerification(proof, rules).judge(anchor);
  }

  private ProofJudgement judge(Anchor anchor) {
    Trusted start = anchor instanceof Anchor.OfGenesis known ? genesis(known) : checkpoint(anchor);
    requireOneChain();
    climb(start);
    proof.claim().heights().forEach(this::believed);
    requireClaim(proof.claim());
    long newest = proof.claim().heights().stream().mapToLong(Long::longValue).max().orElseThrow();
    return new ProofJudgement(
        chainId(), proof.claim(), believed(newest), start.height(), believed.size(), age(start));
  }

  private String chainId() {
    return proof.chain().get(proof.chain().size() - 1).header().chainId();
  }

  /** Those below the anchor too, though nothing is believed of them. */
  private void requireOneChain() {
    if (proof.chain().stream().anyMatch(each -> !each.header().chainId().equals(chainId()))) {
      throw new ProofException(Reason.OTHER_CHAIN, "the headers are of more than one chain");
    }
  }

  private Trusted genesis(Anchor.OfGenesis anchor) {
    if (!anchor.genesis().chainId().equals(chainId())) {
      throw new ProofException(
          Reason.OTHER_CHAIN,
          "the proof is of chain " + chainId() + ", not of " + anchor.genesis().chainId());
    }
    return Anchor.trusted(anchor.genesis());
  }

  private Trusted checkpoint(Anchor anchor) {
    Checkpoint checkpoint = ((Anchor.OfCheckpoint) anchor).checkpoint();
    LightBlock block =
        proof.chain().stream()
            .filter(each -> each.height() == checkpoint.height())
            .findFirst()
            .orElseThrow(
                () ->
                    new ProofException(
                        Reason.NOT_TRUSTED,
                        "the proof does not hold the header of height "
                            + checkpoint.height()
                            + ": have it exported for this checkpoint"));
    if (!block.id().equals(checkpoint.blockId())) {
      throw new ProofException(
          Reason.NOT_TRUSTED,
          "the header of height " + checkpoint.height() + " is not the checkpoint's");
    }
    believed.put(block.height(), block);
    return after(block);
  }

  private void climb(Trusted start) {
    LightClient client = new LightClient(chainId(), rules);
    if (rules.isFuture(start.timeMs())) {
      throw new ProofException(Reason.OUT_OF_TIME, "what is trusted lies in the future");
    }
    Trusted trusted = start;
    for (LightBlock block : proof.chain()) {
      if (block.height() > start.height()) {
        client.requireStep(trusted, block, set(block.header().validatorsHash(), block));
        believed.put(block.height(), block);
        trusted = after(block);
      }
    }
  }

  /** Without the next set nothing but the header itself can be believed: enough at the end. */
  private Trusted after(LightBlock block) {
    ValidatorSet next =
        proof.set(block.header().nextValidatorsHash()).orElseGet(() -> new ValidatorSet(List.of()));
    return new Trusted(block.height(), block.id(), block.header().timeMs(), next);
  }

  private ValidatorSet set(Hash hash, LightBlock block) {
    return proof
        .set(hash)
        .orElseThrow(
            () ->
                new ProofException(
                    Reason.NOT_TRUSTED,
                    "the proof does not hold the validators of height " + block.height()));
  }

  private LightBlock believed(long height) {
    return Optional.ofNullable(believed.get(height))
        .orElseThrow(
            () ->
                new ProofException(
                    Reason.NOT_TRUSTED,
                    "nothing leads from what is trusted to height "
                        + height
                        + ": have the proof exported for this checkpoint"));
  }

  private void requireClaim(Claim claim) {
    if (claim instanceof Claim.InBlock in) {
      require(
          in.path()
              .verify(in.transaction().bytes(), believed(in.height()).header().transactionRoot()),
          "the transaction is not in the block of height " + in.height());
    } else if (claim instanceof Claim.InHistory in) {
      requireHistory(in.at());
      require(
          in.path().size() == in.at().size()
              && in.path().verify(in.transaction().bytes(), in.at().root()),
          "the transaction is not in the history before height " + in.at().height());
    } else if (claim instanceof Claim.Grown grown) {
      requireHistory(grown.from());
      requireHistory(grown.to());
      require(
          grown.from().height() <= grown.to().height()
              && grown.path().oldSize() == grown.from().size()
              && grown.path().newSize() == grown.to().size()
              && grown.path().verify(grown.from().root(), grown.to().root()),
          "the history before height "
              + grown.to().height()
              + " does not continue that before height "
              + grown.from().height());
    }
  }

  private void requireHistory(HistoryAt at) {
    require(
        at.history().isIn(believed(at.height()).header().stateRoot()),
        "the history is not in the state of the header of height " + at.height());
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ProofException(Reason.NOT_PROVEN, otherwise);
    }
  }

  private List<String> age(Trusted start) {
    if (!rules.isOld(start.timeMs())) {
      return List.of();
    }
    long days = rules.trustPeriod().toDays();
    if (rules.fresh()) {
      throw new ProofException(
          Reason.OUT_OF_TIME,
          "what is trusted is older than the trust period of "
              + days
              + " days: use a newer checkpoint");
    }
    return List.of(
        "what is trusted is older than the trust period of "
            + days
            + " days: whoever holds the keys of most validators of that time could have made this"
            + " proof; compare with a newer checkpoint given by somebody you trust");
  }
}
