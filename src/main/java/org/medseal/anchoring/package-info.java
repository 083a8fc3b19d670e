/** The audit trail against the ledger: anchored once a stake epoch, and checked. */
package org.medseal.anchoring;
