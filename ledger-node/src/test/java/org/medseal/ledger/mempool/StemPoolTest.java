package org.medseal.ledger.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.Samples;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.IdentifiedTransaction;

class StemPoolTest {
  private final StemPool pool = new StemPool(2, 10_000, Long.MAX_VALUE);

  @Test
  void aFullLinkLeavesRoomToOthers() {
    assertThat(pool.add(record(1), 1).isOk()).isTrue();
    assertThat(pool.add(record(2), 1).isOk()).isTrue();
    assertThat(pool.add(record(3), 1).code()).isEqualTo(Code.FULL);
    assertThat(pool.add(record(3), 2).isOk()).isTrue();
    assertThat(pool.add(record(4), Mempool.OWN).isOk()).isTrue();
    assertThat(pool.size()).isEqualTo(4);
  }

  @Test
  void whatHasGoneMakesRoom() {
    pool.add(record(1), 1);
    pool.add(record(2), 1);
    pool.remove(record(1).id());
    pool.remove(record(1).id());
    assertThat(pool.contains(record(1).id())).isFalse();
    assertThat(pool.add(record(3), 1).isOk()).isTrue();
    assertThat(pool.add(record(4), 1).code()).isEqualTo(Code.FULL);
  }

  @Test
  void theSameRecordTakesOnePlaceWhoeverSendsIt() {
    pool.add(record(1), 1);
    assertThat(pool.add(record(1), 2).isOk()).isTrue();
    assertThat(pool.size()).isEqualTo(1);
  }

  @Test
  void theBytesOfALinkAreBounded() {
    StemPool narrow = new StemPool(100, record(1).encoded().length() + 1L, Long.MAX_VALUE);
    assertThat(narrow.add(record(1), 1).isOk()).isTrue();
    assertThat(narrow.add(record(2), 1).code()).isEqualTo(Code.FULL);
  }

  @Test
  void theLinksOfPeersAreBoundedTogetherAndTheOwnIsNot() {
    int size = record(1).encoded().length();
    StemPool shared = new StemPool(100, 3L * size, 4L * size);
    for (int i = 0; i < 3; i++) {
      assertThat(shared.add(record(i), 1).isOk()).isTrue();
    }
    assertThat(shared.add(record(3), 2).isOk()).isTrue();
    assertThat(shared.add(record(4), 2).code()).isEqualTo(Code.FULL);
    assertThat(shared.add(record(4), 3).isOk()).as("one always fits").isTrue();
    for (int i = 5; i < 8; i++) {
      assertThat(shared.add(record(i), Mempool.OWN).isOk()).isTrue();
    }
    shared.remove(record(0).id());
    shared.remove(record(1).id());
    assertThat(shared.add(record(9), 2).isOk()).isTrue();
  }

  private static IdentifiedTransaction record(int number) {
    return Samples.record(Bytes.of(new byte[] {(byte) number}), 10);
  }
}
