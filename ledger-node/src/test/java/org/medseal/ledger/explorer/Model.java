package org.medseal.ledger.explorer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.medseal.ledger.consensus.Consensus;
import org.medseal.ledger.consensus.HeightConfiguration;
import org.medseal.ledger.consensus.ProposerRotation;
import org.medseal.ledger.consensus.Timeouts;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/**
 * Four validators of equal stake, one of them Byzantine, one height, rounds below a bound.
 * Validator r proposes in round r. An honest proposer's new block is value r + 1.
 *
 * @param liar the Byzantine one
 * @param values how many valid values the Byzantine one knows to offer and to vote for
 */
record Model(int liar, int rounds, int values) {
  static final int SIZE = 4;

  /** A block no correct node may accept. */
  static final int INVALID = 99;

  private static final Timeouts TIMEOUTS = new Timeouts(1, 1, 0, 1);

  Consensus core(int self) {
    return new Consensus(
        new HeightConfiguration(
            Word.HEIGHT, ProposerRotation.start(validators()), OptionalInt.of(self), TIMEOUTS));
  }

  static ValidatorSet validators() {
    return new ValidatorSet(
        IntStream.range(0, SIZE).mapToObj(i -> new Validator(i, "v" + i, key(i), 10)).toList());
  }

  private static Bytes key(int index) {
    byte[] key = new byte[32];
    key[0] = (byte) index;
    return Bytes.of(key);
  }

  List<Integer> honest() {
    return IntStream.range(0, SIZE).filter(each -> each != liar).boxed().toList();
  }

  /** Valid blocks that anybody may have offered. */
  List<Integer> blocks() {
    return IntStream.rangeClosed(1, Math.max(values, rounds)).boxed().toList();
  }

  /** Whether the Byzantine one may vote for it. */
  boolean isSayable(int value) {
    return value <= values;
  }

  List<Word> lyingOffers(int round) {
    if (round % SIZE != liar) {
      return List.of();
    }
    List<Word> words = new ArrayList<>();
    for (int value = 1; value <= values; value++) {
      for (int since = -1; since < round; since++) {
        words.add(new Word.Offer(liar, round, value, since));
      }
    }
    words.add(new Word.Offer(liar, round, INVALID, -1));
    return Collections.unmodifiableList(words);
  }
}
