package org.medseal.ledger.model;

/**
 * A member of the signing group as the registry keeps it.
 *
 * @param commitment C = y·H, 48 bytes
 * @param proof Schnorr proof for C, bound to group, institution and nonce
 * @param nonce the issuer's, 32 bytes
 * @param signature the institution's Ed25519 signature over C, proof and nonce
 */
public record GroupMember(
    String institution, Bytes commitment, Bytes proof, Bytes nonce, Bytes signature) {}
