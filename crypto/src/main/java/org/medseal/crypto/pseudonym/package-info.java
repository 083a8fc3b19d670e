/**
 * Keyed stand-ins for patients' identifiers (HMAC-SHA-256), and the monthly tags and in-record
 * pseudonyms derived from them.
 */
package org.medseal.crypto.pseudonym;
