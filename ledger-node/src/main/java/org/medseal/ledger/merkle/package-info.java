/** RFC 6962 Merkle trees with SHA-256. */
package org.medseal.ledger.merkle;
