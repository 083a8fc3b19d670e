package org.medseal.connectors.httpbody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyRoomTest {
  private static final int BLOCK = BodyRoom.BLOCK_BYTES;

  private final List<String> granted = new ArrayList<>();
  private final BodyRoom room = new BodyRoom(2 * BLOCK, Duration.ZERO);

  private BodyRoom.Share share(String name) {
    return room.share(() -> granted.add(name));
  }

  private BodyRoom.Share taking(int blocks, String name) {
    BodyRoom.Share share = share(name);
    for (int i = 0; i < blocks; i++) {
      assertThat(share.take()).isTrue();
    }
    return share;
  }

  @Test
  void whatIsSetAsideIsForOneUntilItLeaves() {
    BodyRoom.Share first = taking(2, "first");
    BodyRoom.Share favoured = taking(2, "favoured");
    assertThat(first.take()).isFalse();
    assertThat(room.taken()).isEqualTo(4 * BLOCK);
    favoured.close();
    assertThat(granted).containsExactly("first");
    assertThat(room.taken()).isEqualTo(3 * BLOCK);
    assertThat(first.take()).as("it is the one now").isTrue();
    first.close();
    assertThat(room.taken()).isZero();
  }

  @Test
  void thoseWhoWaitAreServedInTheirOrder() {
    BodyRoom.Share first = taking(2, "first");
    taking(1, "favoured");
    BodyRoom.Share third = share("third");
    BodyRoom.Share fourth = share("fourth");
    BodyRoom.Share fifth = share("fifth");
    assertThat(third.take() || fourth.take() || fifth.take()).isFalse();
    assertThat(room.heldBack()).isEqualTo(3);
    first.close();
    assertThat(granted).containsExactly("third", "fourth");
    assertThat(room.heldBack()).isEqualTo(1);
    assertThat(room.taken()).isEqualTo(3 * BLOCK);
  }

  @Test
  void whoGivesUpWaitingIsNotServed() {
    BodyRoom.Share first = taking(2, "first");
    BodyRoom.Share favoured = taking(1, "favoured");
    BodyRoom.Share impatient = share("impatient");
    assertThat(impatient.take()).isFalse();
    impatient.close();
    first.close();
    favoured.close();
    assertThat(granted).isEmpty();
    assertThat(room.taken()).isZero();
  }

  @Test
  void closingTwiceGivesBackOnce() {
    BodyRoom.Share first = taking(1, "first");
    taking(1, "second");
    first.close();
    first.close();
    assertThat(room.taken()).isEqualTo(BLOCK);
  }

  @Test
  void aRoomHoldsABlock() {
    assertThatThrownBy(() -> new BodyRoom(BLOCK - 1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
