package org.medseal.ledger.api;

/**
 * Marks an exception that tells of the node's own trouble (disk, index, being stopped), not of what
 * it was asked.
 */
public interface NodeFailure {}
