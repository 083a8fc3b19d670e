package org.medseal.requests;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.medseal.ledger.model.Hash;

/**
 * A request as its parties see it.
 *
 * @param institution that asks
 * @param requester login at that institution
 * @param reply the custodian's, once decided and if this institution may read it
 */
public record AccessView(
    Hash id,
    RequestState state,
    Purpose purpose,
    List<Hash> records,
    Instant createdAt,
    String institution,
    String requester,
    String justification,
    Optional<String> reply) {}
