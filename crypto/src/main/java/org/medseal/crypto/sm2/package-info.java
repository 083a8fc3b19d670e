/**
 * SM2 public key encryption (GB/T 32918.4) with SM3, its keys in PKCS #8 and PEM, and proofs of
 * holding one.
 */
package org.medseal.crypto.sm2;
