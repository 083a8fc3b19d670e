package org.medseal.ledger.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a task that fails costs. */
@Timeout(60)
class BlobThreadTest {
  private final List<Error> failures = new CopyOnWriteArrayList<>();
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final BlobThread thread = new BlobThread("test-blobs", () -> false, failures::add);

  @AfterEach
  void stop() {
    thread.stop();
  }

  @Test
  void anExceptionCostsItsTaskOnly() {
    thread.start();
    thread.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    thread.execute(() -> done.add("next"));
    await().atMost(Duration.ofSeconds(30)).until(() -> done.size() == 1);
    assertThat(failures).isEmpty();
  }

  @Test
  void anErrorIsToldOnceAndNothingIsTakenAnyMore() {
    thread.start();
    Error error = new AssertionError("on purpose");
    thread.execute(
        () -> {
          throw error;
        });
    thread.execute(() -> done.add("next"));
    await().atMost(Duration.ofSeconds(30)).until(() -> failures.size() == 1);
    assertThat(failures).containsExactly(error);
    assertThat(thread.execute(() -> done.add("later"))).isFalse();
    thread.stop();
    assertThat(done).isEmpty();
  }
}
