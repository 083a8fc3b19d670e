package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.sim.SimGenesis;

@Timeout(60)
class ChecksAheadTest {
  private static final List<IdentifiedTransaction> TWO =
      List.of(SimGenesis.transaction(1, false, 16), SimGenesis.transaction(2, false, 16));

  private final List<String> delivered = new CopyOnWriteArrayList<>();

  @Test
  void aPeersMessagesKeepTheirOrderAndOtherPeersDoNotWait() throws Exception {
    CountDownLatch checking = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (ChecksAhead checks =
        new ChecksAhead(
            2,
            1,
            (peer, each) -> {
              checking.countDown();
              return awaited(go);
            })) {
      checks.deliver(0, TWO, () -> delivered.add("0 offers"));
      checks.deliver(0, List.of(), () -> delivered.add("0 votes"));
      checking.await();
      checks.deliver(1, List.of(), () -> delivered.add("1 votes"));
      assertThat(delivered).containsExactly("1 votes");
      go.countDown();
      awaitDelivered(3);
      assertThat(delivered).containsExactly("1 votes", "0 offers", "0 votes");
    }
  }

  @Test
  void theRestOfABadMessageIsNotCheckedAndAFailedCheckDelaysNothing() {
    List<IdentifiedTransaction> checked = new CopyOnWriteArrayList<>();
    try (ChecksAhead checks =
        new ChecksAhead(
            2,
            1,
            (peer, each) -> {
              checked.add(each);
              if (peer == 1) {
                throw new IllegalStateException("on purpose");
              }
              return false;
            })) {
      checks.deliver(0, TWO, () -> delivered.add("0"));
      awaitDelivered(1);
      assertThat(checked).containsExactly(TWO.get(0));
      checks.deliver(1, TWO, () -> delivered.add("1"));
      awaitDelivered(2);
    }
  }

  @Test
  void everythingIsDeliveredOnceThoughItIsClosed() {
    ChecksAhead checks = new ChecksAhead(1, 1, (peer, each) -> true);
    checks.deliver(0, TWO, () -> delivered.add("before"));
    checks.close();
    checks.deliver(0, TWO, () -> delivered.add("after"));
    awaitDelivered(2);
    assertThat(delivered).containsExactly("before", "after");
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
