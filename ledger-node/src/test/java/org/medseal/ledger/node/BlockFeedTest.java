package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.medseal.ledger.api.CommittedBlock;
import org.medseal.ledger.model.Hash;

class BlockFeedTest {
  @Test
  void aListenerThatFailsWithAnErrorIsToldAgain() throws Exception {
    List<Long> told = new CopyOnWriteArrayList<>();
    try (BlockFeed feed =
        new BlockFeed(height -> new CommittedBlock(height, 1, Hash.ZERO, List.of()))) {
      AutoCloseable subscription =
          feed.subscribe(
              1,
              block -> {
                told.add(block.height());
                if (told.size() == 1) {
                  throw new NoClassDefFoundError("on purpose");
                }
              });
      feed.committed(2);
      await().atMost(Duration.ofSeconds(30)).until(() -> told.size() == 3);
      subscription.close();
    }
    assertThat(told).containsExactly(1L, 1L, 2L);
  }
}
