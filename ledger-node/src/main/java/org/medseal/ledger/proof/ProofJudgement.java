package org.medseal.ledger.proof;

import java.util.List;
import java.util.stream.Stream;

/**
 * A proof that holds.
 *
 * @param block the newest header the claim rests on
 * @param anchorHeight 0 of a genesis
 * @param headers how many were believed on the way
 * @param caveats what the verifier has to know besides
 */
public record ProofJudgement(
    String chainId,
    Claim claim,
    LightBlock block,
    long anchorHeight,
    int headers,
    List<String> caveats) {
  public ProofJudgement {
    caveats = List.copyOf(caveats);
  }

  /** The same, with one thing more to know. */
  public ProofJudgement withCaveat(String caveat) {
    return new ProofJudgement(
        chainId,
        claim,
        block,
        anchorHeight,
        headers,
        Stream.concat(caveats.stream(), Stream.of(caveat)).toList());
  }
}
