/**
 * AES-GCM (NIST SP 800-38D) in segments: records under their data key with padding and key
 * commitment, and what lies at rest under the storage key.
 */
package org.medseal.crypto.aead;
