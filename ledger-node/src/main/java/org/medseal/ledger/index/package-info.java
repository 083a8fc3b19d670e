/** The rebuildable index in H2. The blocks are the truth; this answers questions about them. */
package org.medseal.ledger.index;
