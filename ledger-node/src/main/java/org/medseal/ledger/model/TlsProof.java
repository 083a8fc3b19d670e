package org.medseal.ledger.model;

/**
 * That whoever registers a pin holds the TLS key behind it: nobody can keep another out by taking
 * its pin first.
 *
 * @param key P-256 point of the node's certificate, uncompressed, 65 bytes
 * @param signature ECDSA with SHA-256 by that key, r and s of 32 bytes each
 */
public record TlsProof(Bytes key, Bytes signature) {}
