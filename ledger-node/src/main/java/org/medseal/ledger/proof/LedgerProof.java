package org.medseal.ledger.proof;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.proof.ProofException.Reason;

/**
 * Everything that somebody with a genesis or a checkpoint needs to judge a claim.
 *
 * @param sets validator sets in the order in which the chain first names them, each once
 * @param chain decided headers by ascending height, from near the anchor to what the claim needs
 */
public record LedgerProof(List<ValidatorSet> sets, List<LightBlock> chain, Claim claim) {
  /** Headers of one proof; far above what skipping needs unless sets change all the time. */
  static final int MAX_BLOCKS = 4096;

  public LedgerProof {
    sets = List.copyOf(sets);
    chain = List.copyOf(chain);
    requireAscending(chain);
    if (!sets.equals(List.copyOf(named(sets, chain).values()))) {
      throw new ProofException(
          Reason.MALFORMED, "the validator sets are not those the headers name, in that order");
    }
  }

  /** Keeps of the given sets those that the chain's headers name. */
  public static LedgerProof of(List<ValidatorSet> known, List<LightBlock> chain, Claim claim) {
    return new LedgerProof(List.copyOf(named(known, chain).values()), chain, claim);
  }

  private static void requireAscending(List<LightBlock> chain) {
    if (chain.isEmpty() || chain.size() > MAX_BLOCKS) {
      throw new ProofException(
          Reason.MALFORMED, "a proof holds 1 to " + MAX_BLOCKS + " headers, not " + chain.size());
    }
    for (int i = 1; i < chain.size(); i++) {
      if (chain.get(i - 1).height() >= chain.get(i).height()) {
        throw new ProofException(Reason.MALFORMED, "the headers do not ascend");
      }
    }
  }

  private static Map<Hash, ValidatorSet> named(List<ValidatorSet> known, List<LightBlock> chain) {
    Map<Hash, ValidatorSet> byHash = new LinkedHashMap<>();
    known.forEach(each -> byHash.put(Blocks.validatorsHash(each), each));
    Map<Hash, ValidatorSet> inOrder = new LinkedHashMap<>();
    for (LightBlock block : chain) {
      for (Hash hash :
          List.of(block.header().validatorsHash(), block.header().nextValidatorsHash())) {
        ValidatorSet set = byHash.get(hash);
        if (set != null) {
          inOrder.putIfAbsent(hash, set);
        }
      }
    }
    return inOrder;
  }

  /** The set of that hash, if the proof carries it. */
  Optional<ValidatorSet> set(Hash hash) {
    return sets.stream().filter(each -> Blocks.validatorsHash(each).equals(hash)).findFirst();
  }
}
