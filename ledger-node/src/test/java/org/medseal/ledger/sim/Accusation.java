package org.medseal.ledger.sim;

import org.medseal.ledger.codec.Votes;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.Evidence.DuplicateProposal;
import org.medseal.ledger.model.Evidence.DuplicateVote;
import org.medseal.ledger.model.ValidatorSet;

/**
 * Evidence of either kind, with what has to be signed for it to hold.
 *
 * @param slot what was said twice, by whom; one proof of it is enough
 * @param differ whether the two statements belong to one slot and are not the same
 */
record Accusation(
    String slot, long height, int accused, boolean differ, Statement first, Statement second) {
  /** What was signed, and the signature. */
  record Statement(Bytes signBytes, Bytes signature) {}

  static Accusation of(Evidence evidence) {
    if (evidence instanceof DuplicateVote votes) {
      var first = votes.first();
      var second = votes.second();
      String slot = slot(first.type().name(), first.height(), first.round(), first.validator());
      String other =
          slot(second.type().name(), second.height(), second.round(), second.validator());
      return new Accusation(
          slot,
          first.height(),
          first.validator(),
          slot.equals(other) && !first.blockId().equals(second.blockId()),
          new Statement(Bytes.of(Votes.signBytes(SimGenesis.CHAIN, first)), first.signature()),
          new Statement(Bytes.of(Votes.signBytes(SimGenesis.CHAIN, second)), second.signature()));
    }
    var first = ((DuplicateProposal) evidence).first();
    var second = ((DuplicateProposal) evidence).second();
    String slot = slot("PROPOSAL", first.height(), first.round(), first.proposer());
    String other = slot("PROPOSAL", second.height(), second.round(), second.proposer());
    boolean same =
        first.blockId().equals(second.blockId()) && first.validRound() == second.validRound();
    return new Accusation(
        slot,
        first.height(),
        first.proposer(),
        slot.equals(other) && !same,
        new Statement(Bytes.of(Votes.signBytes(SimGenesis.CHAIN, first)), first.signature()),
        new Statement(Bytes.of(Votes.signBytes(SimGenesis.CHAIN, second)), second.signature()));
  }

  private static String slot(String kind, long height, int round, int validator) {
    return kind + " " + height + "/" + round + " of " + validator;
  }

  /** Really said twice, by a validator of the set of that height. */
  boolean holds(ValidatorSet set) {
    return differ && accused < set.size() && isSigned(set, first) && isSigned(set, second);
  }

  private boolean isSigned(ValidatorSet set, Statement statement) {
    return SimKeys.CHECK.verify(
        set.get(accused).key(), statement.signBytes().toArray(), statement.signature());
  }
}
