/** Append-only journals of checked frames, durable on request. */
package org.medseal.ledger.journal;
