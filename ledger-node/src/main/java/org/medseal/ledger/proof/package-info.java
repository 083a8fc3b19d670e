/** Proofs about the ledger that are judged offline, from a genesis or a checkpoint alone. */
package org.medseal.ledger.proof;
