/** Peers over mutual TLS 1.3, pinned to the registry; bounded in both directions. */
package org.medseal.ledger.net;
