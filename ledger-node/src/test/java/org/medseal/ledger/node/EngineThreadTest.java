package org.medseal.ledger.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineThreadTest {
  @Test
  void anErrorOfAnotherThreadEndsItAsItsOwnWould() {
    List<Throwable> told = new CopyOnWriteArrayList<>();
    EngineThread thread = new EngineThread("test-engine", timer -> {}, told::add);
    thread.start();
    Error error = new AssertionError("on purpose");
    thread.fail(error);
    thread.fail(new AssertionError("a second one"));
    await().atMost(Duration.ofSeconds(30)).until(() -> !told.isEmpty());
    assertThat(thread.failure()).containsSame(error);
    assertThat(thread.execute(() -> {})).isFalse();
    thread.stop();
    assertThat(told).containsExactly(error);
  }
}
