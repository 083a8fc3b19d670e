/** What other modules may call. */
package org.medseal.ledger.api;
