/** Stake-weighted BFT in the node's own process: drives the pure core, the application and disk. */
package org.medseal.ledger.engine.embedded;
