/** The ledger alone: four nodes in one process, over TLS and disk. */
package org.medseal.bench.ledger;
