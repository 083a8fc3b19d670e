package org.medseal.ledger.api;

import java.util.List;
import java.util.Optional;

/**
 * The competition for the right to propose in round 0 of a height: everybody gains its stake, the
 * highest priority wins and pays the total stake; the next round is the next turn.
 *
 * @param winner index of the contender who proposes in round 0
 * @param reason in words
 * @param decided how the height went; empty while it has not been decided
 */
public record ProposerTurn(
    long height, List<Contender> contenders, int winner, String reason, Optional<Decided> decided) {
  public ProposerTurn {
    contenders = List.copyOf(contenders);
  }

  /**
   * One validator's part.
   *
   * @param before its priority when the height began
   * @param gained with its stake added: what is compared
   * @param after the winner has paid
   */
  public record Contender(String institution, long stake, long before, long gained, long after) {}

  /**
   * What came of the turns.
   *
   * @param round in which the block was decided
   * @param proposer who built the block
   * @param signers whose precommits for it stand in its certificate, by index
   */
  public record Decided(int round, String proposer, List<String> signers) {
    public Decided {
      signers = List.copyOf(signers);
    }
  }
}
