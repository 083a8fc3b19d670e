/** Who keeps a blob, and what proves that they do. Pure rules, the same on every node. */
package org.medseal.ledger.replica;
