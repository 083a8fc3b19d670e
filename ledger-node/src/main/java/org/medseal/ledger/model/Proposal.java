package org.medseal.ledger.model;

/**
 * A proposer's offer of a block in a round.
 *
 * @param validRound round in which a quorum prevoted the block, or -1
 * @param signature Ed25519, 64 bytes; empty while unsigned
 */
public record Proposal(
    long height, int round, int validRound, Hash blockId, int proposer, Bytes signature) {}
