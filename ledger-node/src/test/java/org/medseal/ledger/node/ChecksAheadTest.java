package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.node.ChecksAhead.Finding;
import org.medseal.ledger.sim.SimGenesis;

@Timeout(60)
class ChecksAheadTest {
  private static final List<IdentifiedTransaction> TWO =
      List.of(SimGenesis.transaction(1, false, 16), SimGenesis.transaction(2, false, 16));

  private final List<String> delivered = new CopyOnWriteArrayList<>();
  private final List<Error> failures = new CopyOnWriteArrayList<>();

  @Test
  void aPeersTransactionsKeepTheirOrderAndOtherPeersDoNotWait() throws Exception {
    CountDownLatch checking = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (ChecksAhead checks =
        new ChecksAhead(
            2,
            failures::add,
            (peer, each) -> {
              checking.countDown();
              return peer == 1 || awaited(go) ? Finding.KEEP : Finding.DROP;
            })) {
      checks.deliver(0, TWO, kept -> delivered.add("0 first"));
      checks.deliver(0, List.of(), kept -> delivered.add("0 second"));
      checking.await();
      checks.deliver(1, TWO, kept -> delivered.add("1"));
      awaitDelivered(1);
      assertThat(delivered).containsExactly("1");
      go.countDown();
      awaitDelivered(3);
      assertThat(delivered).containsExactly("1", "0 first", "0 second");
    }
  }

  @Test
  void aLongQueueOfOnePeerLeavesAnotherItsTurn() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Integer> turns = new CopyOnWriteArrayList<>();
    try (ChecksAhead checks =
        new ChecksAhead(
            1,
            failures::add,
            (peer, each) -> {
              awaited(go);
              turns.add(peer);
              return Finding.KEEP;
            })) {
      checks.deliver(0, many(200), kept -> delivered.add("0"));
      checks.deliver(1, TWO, kept -> delivered.add("1"));
      go.countDown();
      awaitDelivered(2);
      assertThat(delivered).containsExactly("1", "0");
      assertThat(turns.indexOf(1)).isLessThanOrEqualTo(32);
    }
  }

  @Test
  void whatWaitsOfOnePeerIsBoundedAndTheRestDropped() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Integer> kept = new CopyOnWriteArrayList<>();
    try (ChecksAhead checks =
        new ChecksAhead(
            1,
            failures::add,
            (peer, each) -> {
              awaited(go);
              return Finding.KEEP;
            })) {
      List<IdentifiedTransaction> flood = many(ChecksAhead.MAX_COST / 4);
      for (int i = 0; i < 6; i++) {
        checks.deliver(0, flood, left -> kept.add(left.size()));
      }
      checks.deliver(1, TWO, left -> kept.add(left.size()));
      go.countDown();
      await().atMost(Duration.ofSeconds(30)).until(() -> kept.size() == 7);
      assertThat(kept).contains(2);
      assertThat(kept.stream().mapToInt(each -> each).sum())
          .as("four whole messages and the other peer's")
          .isEqualTo(4 * flood.size() + 2);
    }
  }

  @Test
  void afterABlamedOneTheRestIsNeitherCheckedNorDelivered() {
    List<IdentifiedTransaction> checked = new CopyOnWriteArrayList<>();
    List<List<IdentifiedTransaction>> kept = new CopyOnWriteArrayList<>();
    try (ChecksAhead checks =
        new ChecksAhead(
            1,
            failures::add,
            (peer, each) -> {
              checked.add(each);
              return Finding.BLAME;
            })) {
      checks.deliver(0, TWO, kept::add);
      await().atMost(Duration.ofSeconds(30)).until(() -> kept.size() == 1);
      assertThat(checked).containsExactly(TWO.get(0));
      assertThat(kept.get(0)).containsExactly(TWO.get(0));
    }
  }

  @Test
  void aCheckThatFailsDropsItsTransactionsAndDelaysNothing() {
    List<List<IdentifiedTransaction>> kept = new CopyOnWriteArrayList<>();
    try (ChecksAhead checks =
        new ChecksAhead(
            1,
            failures::add,
            (peer, each) -> {
              throw new IllegalStateException("on purpose");
            })) {
      checks.deliver(0, TWO, kept::add);
      checks.deliver(0, TWO, kept::add);
      await().atMost(Duration.ofSeconds(30)).until(() -> kept.size() == 2);
      assertThat(kept).containsOnly(List.of());
    }
  }

  @Test
  void anErrorInACheckIsToldAndWedgesNoLink() {
    Error error = new AssertionError("on purpose");
    List<List<IdentifiedTransaction>> kept = new CopyOnWriteArrayList<>();
    try (ChecksAhead checks =
        new ChecksAhead(
            1,
            failures::add,
            (peer, each) -> {
              throw error;
            })) {
      checks.deliver(0, TWO, kept::add);
      checks.deliver(0, TWO, kept::add);
      await().atMost(Duration.ofSeconds(30)).until(() -> kept.size() == 2);
      assertThat(kept).containsOnly(List.of());
      await().atMost(Duration.ofSeconds(30)).until(() -> failures.contains(error));
    }
  }

  @Test
  void everythingIsDeliveredOnceThoughItIsClosed() {
    ChecksAhead checks = new ChecksAhead(1, failures::add, (peer, each) -> Finding.KEEP);
    checks.deliver(0, TWO, kept -> delivered.add("before"));
    checks.close();
    checks.deliver(0, TWO, kept -> delivered.add("after, of " + kept.size()));
    awaitDelivered(2);
    assertThat(delivered).containsExactly("before", "after, of 0");
  }

  private static List<IdentifiedTransaction> many(int count) {
    return IntStream.range(0, count)
        .mapToObj(each -> SimGenesis.transaction(each, false, 16))
        .toList();
  }

  private void awaitDelivered(int count) {
    await().atMost(Duration.ofSeconds(30)).until(() -> delivered.size() == count);
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
