package org.medseal.ledger.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.Samples;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.IdentifiedTransaction;

/** A flood through one link costs the others nothing. */
class FairMempoolTest {
  private static final int SIZE = Samples.approval(1, 10).encoded().length();
  private static final int FLOODER = 1;

  private final Mempool mempool = new Mempool(new MempoolLimits(10, 10_000_000, 2_000));

  @Test
  void whoeverHoldsMostMakesRoom() {
    flood(0, 10);
    IdentifiedTransaction late = Samples.approval(100, 10);
    assertThat(mempool.add(late, 2).isOk()).isTrue();
    assertThat(mempool.size()).isEqualTo(10);
    assertThat(mempool.contains(Samples.approval(9, 10).id())).as("its newest").isFalse();
    assertThat(mempool.contains(Samples.approval(0, 10).id())).isTrue();
  }

  @Test
  void theFloodedMempoolIsFullForTheFlooder() {
    flood(0, 10);
    assertThat(mempool.add(Samples.approval(50, 10), FLOODER).code()).isEqualTo(Code.FULL);
  }

  @Test
  void everyLinkEndsWithItsShare() {
    flood(0, 10);
    for (int link = 2; link <= 5; link++) {
      for (int i = 0; i < 10; i++) {
        mempool.add(Samples.approval(100 * link + i, 10), link);
      }
    }
    List<Integer> held = new ArrayList<>();
    for (int link = 1; link <= 5; link++) {
      int from = link == 1 ? 0 : 100 * link;
      held.add(
          (int)
              IntStream.range(from, from + 10)
                  .filter(each -> mempool.contains(Samples.approval(each, 10).id()))
                  .count());
    }
    assertThat(held).containsExactly(2, 2, 2, 2, 2);
  }

  @Test
  void whatTheOwnInstitutionSubmittedIsNotDisplaced() {
    for (int i = 0; i < 10; i++) {
      mempool.add(Samples.approval(i, 10));
    }
    assertThat(mempool.add(Samples.approval(50, 10), FLOODER).code()).isEqualTo(Code.FULL);
    assertThat(mempool.contains(Samples.approval(9, 10).id())).isTrue();
  }

  @Test
  void theOwnInstitutionFindsRoomInAFlood() {
    flood(0, 10);
    assertThat(mempool.add(Samples.approval(50, 10)).isOk()).isTrue();
  }

  @Test
  void aBlockIsFilledFromTheLinksInTurn() {
    flood(0, 8);
    mempool.add(Samples.approval(100, 10), 2);
    mempool.add(Samples.approval(101, 10), 3);
    assertThat(mempool.candidates(4 * SIZE, 100, blob -> true))
        .containsExactly(
            Samples.approval(0, 10),
            Samples.approval(1, 10),
            Samples.approval(100, 10),
            Samples.approval(101, 10));
  }

  @Test
  void recordsAboveTheBoundLeaveTheBlockToOthers() {
    IdentifiedTransaction record = Samples.record(Bytes.fromHex("01"), 10);
    mempool.add(record, 2);
    mempool.add(Samples.approval(1, 10), 2);
    assertThat(mempool.candidates(100_000, 0, blob -> true))
        .containsExactly(Samples.approval(1, 10));
    assertThat(mempool.candidates(100_000, 1, blob -> true)).contains(record);
  }

  private void flood(int from, int count) {
    for (int i = from; i < from + count; i++) {
      mempool.add(Samples.approval(i, 10), FLOODER);
    }
  }
}
