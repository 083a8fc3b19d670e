/** Transactions that wait for a block. */
package org.medseal.ledger.mempool;
