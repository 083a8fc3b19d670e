package org.medseal.ledger.model;

/**
 * A hospital as the consortium knows it.
 *
 * @param signingKey Ed25519, 32 bytes, for institution transactions
 * @param grantKey SM2 point, 65 bytes, to which grants and sealed bodies are wrapped
 * @param validatorKey Ed25519, 32 bytes, for proposals and votes
 * @param tlsPin SHA-256 of the subject public key info of the node's certificate
 * @param peerAddress host:port of the node
 * @param stake whole units
 */
public record Institution(
    String name,
    Bytes signingKey,
    Bytes grantKey,
    Bytes validatorKey,
    Hash tlsPin,
    String peerAddress,
    long stake) {}
