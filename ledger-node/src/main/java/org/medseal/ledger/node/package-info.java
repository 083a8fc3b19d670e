/** The ledger node: wiring, clock, threads, and verification of a copy at rest. */
package org.medseal.ledger.node;
