/**
 * A ledger's state after one block: made, served, fetched by who joins, and checked part by part.
 */
package org.medseal.ledger.snapshot;
