package org.medseal.ledger.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;

/** Of four validators the first is the one that asks itself; it has ten blocks. */
class LevelWatchTest {
  private static final ValidatorSet EQUAL = set(1, 1, 1, 1);

  private static ValidatorSet set(long... stakes) {
    return new ValidatorSet(
        List.of(
            validator(0, stakes[0]),
            validator(1, stakes[1]),
            validator(2, stakes[2]),
            validator(3, stakes[3])));
  }

  private static Validator validator(int index, long stake) {
    byte[] key = new byte[32];
    key[0] = (byte) index;
    return new Validator(index, "h" + index, Bytes.of(key), stake);
  }

  private static boolean isAtTip(ValidatorSet validators, long second, long third, long fourth) {
    Map<String, Long> claims = Map.of("h0", 10L, "h1", second, "h2", third, "h3", fourth);
    return LevelWatch.isAtTip(validators, 10, claims::get);
  }

  @Test
  void whoHasWhatTheOthersHaveIsAtTheTip() {
    assertThat(isAtTip(EQUAL, 10, 10, 10)).isTrue();
    assertThat(isAtTip(EQUAL, 9, 11, 10)).isTrue();
  }

  @Test
  void whoIsBehindMoreThanAThirdIsNot() {
    assertThat(isAtTip(EQUAL, 12, 12, 10)).isFalse();
    assertThat(isAtTip(EQUAL, 5_000, 5_000, 5_000)).isFalse();
  }

  @Test
  void aLoneLiarDoesNotMakeItLookBehind() {
    assertThat(isAtTip(EQUAL, Long.MAX_VALUE, 10, 10)).isTrue();
  }

  @Test
  void whoHasHeardFromTooFewDoesNotKnow() {
    assertThat(isAtTip(EQUAL, -1, -1, 10)).isFalse();
    assertThat(isAtTip(EQUAL, -1, 10, 10)).isTrue();
  }

  @Test
  void exactlyTwoThirdsOfTheStakeDoNotTell() {
    assertThat(isAtTip(set(20, 20, 10, 10), 10, -1, -1)).isFalse();
    assertThat(isAtTip(set(21, 20, 10, 10), 10, -1, -1)).isTrue();
  }
}
