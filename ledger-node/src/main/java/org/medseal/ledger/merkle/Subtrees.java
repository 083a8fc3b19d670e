package org.medseal.ledger.merkle;

import org.medseal.ledger.model.Hash;

/** Roots of ranges of a tree's leaves, however they are kept. */
@FunctionalInterface
public interface Subtrees {
  /** RFC 6962 root over the leaves {@code from} (included) to {@code to} (not), at least one. */
  Hash root(long from, long to);
}
