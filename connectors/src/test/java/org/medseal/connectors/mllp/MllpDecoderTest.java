package org.medseal.connectors.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In the line's own time, which stands still until it is moved. */
class MllpDecoderTest {
  private static final int TIMEOUT_MS = 400;

  private final MllpCounters counters = new MllpCounters();
  private final EmbeddedChannel line =
      new EmbeddedChannel(new MllpDecoder(1 << 16, TIMEOUT_MS, counters).newChannelHandler());

  MllpDecoderTest() {
    line.freezeTime();
  }

  @Test
  void aSilentFrameClosesTheLineSoonAfterItsTime() {
    sends(0x0B, 'M');
    passes(TIMEOUT_MS - 1);
    assertThat(line.isOpen()).isTrue();
    passes(TIMEOUT_MS / 4 + 1);
    assertThat(line.isOpen()).isFalse();
    assertThat(counters.of(MllpDefect.TRUNCATED)).isOne();
  }

  @Test
  void aSlowFrameIsWaitedForAndALineAtRestToo() {
    sends(0x0B);
    for (int i = 0; i < 10; i++) {
      passes(TIMEOUT_MS - TIMEOUT_MS / 4 - 1);
      sends('M');
    }
    sends(0x1C, 0x0D);
    passes(10 * TIMEOUT_MS);
    assertThat(line.isOpen()).isTrue();
  }

  private void sends(int... bytes) {
    for (int each : bytes) {
      line.writeInbound(Unpooled.wrappedBuffer(new byte[] {(byte) each}));
    }
  }

  private void passes(int ms) {
    for (int i = 0; i < ms; i++) {
      line.advanceTimeBy(1, TimeUnit.MILLISECONDS);
      line.runScheduledPendingTasks();
    }
  }
}
