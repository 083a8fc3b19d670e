package org.medseal.requests;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.model.Hash;

/** A request as its parties see it. */
public record AccessView(
    Hash id,
    RequestState state,
    Purpose purpose,
    List<Hash> records,
    Instant createdAt,
    Instant answerBy,
    Asker asker,
    String justification,
    Optional<Answered> answered) {

  /**
   * Who asks.
   *
   * @param institution that asks
   * @param present whether it still belongs to the consortium; else nothing can be granted to it
   * @param login at that institution
   * @param name as that institution's node knows the person; may be empty
   */
  public record Asker(String institution, boolean present, String login, String name) {}

  /**
   * The decision; what is sealed in it only as far as this institution may read it.
   *
   * @param institution whose custodian decided
   * @param at time of the block that holds the decision
   * @param validUntil of a grant; afterwards the asking node opens nothing more
   */
  public record Answered(
      String institution, Instant at, Optional<String> reply, Optional<Instant> validUntil) {}
}
