package org.medseal.ledger.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.medseal.crypto.Digests;
import org.medseal.ledger.model.Hash;

final class KnownAbsentTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final InMemoryStore store =
      new InMemoryStore() {
        @Override
        public synchronized boolean containsTransaction(Hash id) {
          asked.incrementAndGet();
          return super.containsTransaction(id);
        }
      };
  private final KnownAbsent<Hash> absent =
      new KnownAbsent<>(store::height, store::containsTransaction);

  @Test
  void theStoreIsAskedOnceForWhatIsNotThere() {
    assertThat(absent.contains(id(1))).isFalse();
    assertThat(absent.contains(id(1))).isFalse();
    assertThat(asked).hasValue(1);
  }

  @Test
  void whatWasCommittedSinceIsThere() {
    absent.contains(id(1));
    absent.committing(1, Set.of(id(1)));
    assertThat(absent.contains(id(1))).isTrue();
    assertThat(asked).hasValue(1);
  }

  @Test
  void afterMoreBlocksThanAreRememberedTheStoreIsAskedAgain() {
    absent.contains(id(1));
    for (int height = 1; height <= KnownAbsent.BLOCKS; height++) {
      absent.committing(height, Set.of(id(100 + height)));
    }
    absent.contains(id(1));
    assertThat(asked).hasValue(1);
    absent.committing(KnownAbsent.BLOCKS + 1, Set.of());
    absent.contains(id(1));
    assertThat(asked).hasValue(2);
  }

  private static Hash id(int seed) {
    return Hash.of(Digests.sha256(new byte[] {(byte) seed}));
  }
}
