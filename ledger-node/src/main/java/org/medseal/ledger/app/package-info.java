/**
 * The deterministic state machine: rules, state and its root. The same blocks give the same state
 * on every node and at every replay.
 */
package org.medseal.ledger.app;
