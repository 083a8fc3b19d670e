/** Camel component {@code ledger:} and what follows a record until it is committed. */
package org.medseal.connectors.ledger;
