/** What the ledger orders and what it keeps: transactions, blocks, votes, genesis. Values only. */
package org.medseal.ledger.model;
