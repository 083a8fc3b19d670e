/** Algorithm 1 of arXiv 1807.04938 as a pure state machine: events in, effects out. */
package org.medseal.ledger.consensus;
