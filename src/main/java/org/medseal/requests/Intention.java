package org.medseal.requests;

import org.medseal.ledger.model.Hash;

/**
 * Puts on record what somebody is about to do. It is durable when a method returns; where one
 * throws, nothing is done.
 */
public interface Intention {
  /** Before something is kept here that a later transaction rests on. */
  void toKeep();

  /** Before the transaction of this id is sent. */
  void toSend(Hash transaction);

  /**
   * For what the node does by itself and nobody decided: an anchor of the trail that left an entry
   * there would call for another anchor.
   */
  static Intention ofNobody() {
    return new Intention() {
      @Override
      public void toKeep() {}

      @Override
      public void toSend(Hash transaction) {}
    };
  }
}
