package org.medseal.ledger.model;

import java.util.Optional;

/**
 * One validator's word in one round; no block id means nil.
 *
 * @param validator index in the validator set of the height
 * @param signature Ed25519, 64 bytes; empty while unsigned
 */
public record Vote(
    VoteType type,
    long height,
    int round,
    Optional<Hash> blockId,
    int validator,
    Bytes signature) {}
