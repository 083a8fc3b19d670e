/** Ed25519 (RFC 8032): keys of 32 bytes, signatures of 64. */
package org.medseal.crypto.ed25519;
