package org.medseal.ledger.model;

/**
 * What the issuer gave a member for one epoch; public.
 *
 * @param credential (A, x), canonical encoding of the crypto module
 */
public record EpochCredential(String institution, Bytes credential) {}
