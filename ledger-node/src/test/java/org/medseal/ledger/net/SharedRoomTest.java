package org.medseal.ledger.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SharedRoomTest {
  private final SharedRoom room = new SharedRoom(1_000);
  private final Queue slow = new Queue();
  private final Queue quick = new Queue();

  /** One peer's, as a connection has it. */
  private final class Queue implements SharedRoom.Holder {
    private final Outbox outbox = new Outbox(room::give);
    private int givenUp;

    Queue() {
      room.enter(this);
    }

    boolean send(FrameType type, int bytes) {
      return room.take(this, bytes) && outbox.offer(new WireFrame(type, new byte[bytes]));
    }

    @Override
    public long waitingBytes() {
      return outbox.waitingBytes();
    }

    @Override
    public void giveUp() {
      givenUp++;
      outbox.clear();
    }
  }

  @Test
  void whoeverHasMostWaitingMakesRoomForTheOthers() {
    assertThat(slow.send(FrameType.CONSENSUS, 800)).isTrue();
    assertThat(quick.send(FrameType.CONSENSUS, 150)).isTrue();
    assertThat(quick.send(FrameType.CONSENSUS, 150)).isTrue();
    assertThat(slow.givenUp).isEqualTo(1);
    assertThat(quick.givenUp).isZero();
    assertThat(room.usedBytes()).isEqualTo(300);
  }

  @Test
  void whoeverHasMostWaitingGetsNoMore() {
    slow.send(FrameType.CONSENSUS, 800);
    quick.send(FrameType.CONSENSUS, 100);
    assertThat(slow.send(FrameType.CONSENSUS, 200)).isFalse();
    assertThat(quick.givenUp).isZero();
    assertThat(room.usedBytes()).isEqualTo(900);
  }

  @Test
  void whatIsSentOrDisplacedGivesItsRoomBack() {
    slow.send(FrameType.CONSENSUS, 300);
    slow.outbox.poll(true);
    assertThat(room.usedBytes()).isZero();
    for (int i = 0; i < 1_030; i++) {
      assertThat(slow.send(FrameType.TRANSACTIONS, i < 500 ? 1 : 0)).isTrue();
    }
    assertThat(room.usedBytes()).as("the oldest six went").isEqualTo(494);
    slow.outbox.clear();
    assertThat(room.usedBytes()).isZero();
  }

  @Test
  void whatDoesNotFitTakesNothingFromOthersMeanwhile() throws Exception {
    slow.send(FrameType.CONSENSUS, 500);
    AtomicBoolean stop = new AtomicBoolean();
    Thread tooMuch =
        new Thread(
            () -> {
              while (!stop.get()) {
                room.take(slow, 600); // never fits, and nobody has more waiting
              }
            });
    tooMuch.start();
    try {
      for (int i = 0; i < 100_000; i++) {
        assertThat(quick.send(FrameType.CONSENSUS, 400)).isTrue();
        quick.outbox.clear();
      }
    } finally {
      stop.set(true);
      tooMuch.join();
    }
    assertThat(slow.givenUp).isZero();
  }

  @Test
  void whoeverHasLeftIsNotAskedForRoom() {
    slow.send(FrameType.CONSENSUS, 800);
    room.leave(slow);
    assertThat(quick.send(FrameType.CONSENSUS, 300)).isFalse();
    assertThat(slow.givenUp).isZero();
  }
}
