/**
 * Keys in files under a passphrase (as in PBES2, RFC 8018: PBKDF2-HMAC-SHA-256, AES-256-CBC),
 * readable by their owner alone.
 */
package org.medseal.crypto.keystore;
