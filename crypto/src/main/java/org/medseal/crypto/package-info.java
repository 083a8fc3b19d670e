/** Pseudonyms, envelopes, group signatures and keys. No network, no Camel. */
package org.medseal.crypto;
