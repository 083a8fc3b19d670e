package org.medseal.ledger.model;

/**
 * The number of the rules by which a block's transactions are judged and executed. Nodes of
 * different numbers would part at the first block they judge differently, so they exchange none,
 * and a ledger written under a higher number is not opened (ADR 027).
 */
public final class LedgerRules {
  /**
   * To be raised with every change after which some block, transaction or outcome is judged
   * otherwise than before.
   */
  public static final int NUMBER = 1;

  /** What is without a number was written under these. */
  public static final int FIRST = 1;

  private LedgerRules() {}
}
