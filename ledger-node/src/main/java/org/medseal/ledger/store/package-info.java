/** The node's own durable files: engine log, sign-state and block segments. */
package org.medseal.ledger.store;
