package org.medseal.connectors.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.table.UsedHeap;
import org.medseal.ledger.model.Bytes;

class MessageIndexMemoryTest {
  private static final int MESSAGES = 200_000;

  /** 216 to 260 were measured. */
  private static final long MOST_BYTES = 330;

  @Test
  void aWaitingMessageTakesAFewHundredBytes() {
    MessageIndex index = new MessageIndex(MessageLimits.defaults());
    index.replayed();
    Random random = new Random(1);
    index.received(head(random, 0), 0);
    long before = UsedHeap.bytes();
    for (int number = 1; number <= MESSAGES; number++) {
      index.received(head(random, number), number);
    }
    assertThat((UsedHeap.bytes() - before) / MESSAGES).isBetween(100L, MOST_BYTES);
    assertThat(index.open()).isEqualTo(MESSAGES + 1);
  }

  private static InboxFrames.Head head(Random random, int number) {
    Receival receival =
        new Receival(
            MessageId.of(1_700_000_000_000L + number, bytes(random)).toString(),
            "lab",
            Format.HL7V2,
            1_700_000_000_000L + number,
            1 + number,
            Bytes.of(bytes(random)),
            Optional.of(Bytes.of(bytes(random))),
            false,
            Optional.empty(),
            Optional.empty());
    return new InboxFrames.Head(receival, 300, number, true);
  }

  private static byte[] bytes(Random random) {
    return ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(random.nextLong()).array();
  }
}
