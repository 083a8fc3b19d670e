package org.medseal.ledger.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.codec.Samples;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.IdentifiedTransaction;

class MempoolTest {
  private static final int SIZE = Samples.approval(1, 10).encoded().length();

  private static Mempool mempool(int maxCount, int maxBytes) {
    return new Mempool(new MempoolLimits(maxCount, maxBytes, 2000));
  }

  @Test
  void candidatesComeOldestFirst() {
    Mempool mempool = mempool(10, 10_000);
    List<IdentifiedTransaction> sent =
        List.of(Samples.approval(3, 10), Samples.approval(1, 10), Samples.approval(2, 10));
    sent.forEach(mempool::add);
    assertThat(mempool.candidates(10_000, 100, blob -> true)).containsExactlyElementsOf(sent);
  }

  @Test
  void candidatesStayWithinTheBytesAsked() {
    Mempool mempool = mempool(10, 10_000);
    IdentifiedTransaction large = Samples.record(Bytes.of(new byte[400]), 10);
    IdentifiedTransaction small = Samples.approval(1, 10);
    mempool.add(large);
    mempool.add(small);
    assertThat(mempool.candidates(SIZE, 100, blob -> true)).containsExactly(small);
    assertThat(mempool.candidates(large.encoded().length() + SIZE - 1, 100, blob -> true))
        .containsExactly(large);
    assertThat(mempool.candidates(large.encoded().length() + SIZE, 100, blob -> true))
        .containsExactly(large, small);
  }

  @Test
  void aboveTheCountItIsFull() {
    Mempool mempool = mempool(2, 10_000);
    assertThat(mempool.add(Samples.approval(1, 10)).isOk()).isTrue();
    assertThat(mempool.add(Samples.approval(2, 10)).isOk()).isTrue();
    assertThat(mempool.add(Samples.approval(3, 10)).code()).isEqualTo(Code.FULL);
    assertThat(mempool.size()).isEqualTo(2);
  }

  @Test
  void aboveTheBytesItIsFull() {
    Mempool mempool = new Mempool(new MempoolLimits(10, 2L * SIZE, SIZE));
    mempool.add(Samples.approval(1, 10));
    assertThat(mempool.add(Samples.approval(2, 10)).isOk()).isTrue();
    assertThat(mempool.add(Samples.approval(3, 10)).code()).isEqualTo(Code.FULL);
    assertThat(mempool.sizeBytes()).isEqualTo(2L * SIZE);
  }

  @Test
  void oneTooLargeIsRefused() {
    Mempool mempool = new Mempool(new MempoolLimits(10, 10_000, SIZE - 1));
    assertThat(mempool.add(Samples.approval(1, 10)).code()).isEqualTo(Code.TOO_LARGE);
  }

  @Test
  void addingAgainIsHarmless() {
    Mempool mempool = mempool(1, 10_000);
    mempool.add(Samples.approval(1, 10));
    assertThat(mempool.add(Samples.approval(1, 10)).isOk()).isTrue();
    assertThat(mempool.size()).isEqualTo(1);
  }

  @Test
  void twoPendingRecordsNeverShareASalt() {
    Mempool mempool = mempool(10, 10_000);
    mempool.add(Samples.record(Bytes.fromHex("01"), 10));
    assertThat(mempool.add(Samples.record(Bytes.fromHex("02"), 10)).code())
        .isEqualTo(Code.SALT_REUSED);
  }

  @Test
  void committedOnesGo() {
    Mempool mempool = mempool(10, 10_000);
    mempool.add(Samples.approval(1, 10));
    mempool.add(Samples.approval(2, 10));
    mempool.committed(block(3, Samples.approval(1, 10)));
    assertThat(mempool.candidates(10_000, 100, blob -> true))
        .containsExactly(Samples.approval(2, 10));
    assertThat(mempool.sizeBytes()).isEqualTo(SIZE);
    assertThat(mempool.contains(Samples.approval(1, 10).id())).isFalse();
  }

  @Test
  void aTwinOfACommittedSaltGoes() {
    Mempool mempool = mempool(10, 10_000);
    mempool.add(Samples.record(Bytes.fromHex("01"), 10));
    mempool.committed(block(3, Samples.record(Bytes.fromHex("02"), 10)));
    assertThat(mempool.size()).isZero();
    assertThat(mempool.add(Samples.record(Bytes.fromHex("03"), 10)).isOk())
        .as("the salt is free again here; the application refuses it")
        .isTrue();
  }

  @Test
  void whatCannotStandInTheNextBlockGoes() {
    Mempool mempool = mempool(10, 10_000);
    mempool.add(Samples.approval(1, 4));
    mempool.add(Samples.approval(2, 5));
    mempool.committed(block(4));
    assertThat(mempool.candidates(10_000, 100, blob -> true))
        .containsExactly(Samples.approval(2, 5));
  }

  private static Block block(long height, IdentifiedTransaction... transactions) {
    return new Block(Samples.header(height), List.of(transactions), Optional.empty(), List.of());
  }
}
