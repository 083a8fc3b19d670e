/** Camel component {@code seal:} and the sealing of a record for the ledger behind it. */
package org.medseal.connectors.seal;
