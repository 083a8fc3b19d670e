package org.medseal.ledger.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.fuzz.FuzzTarget;
import org.medseal.ledger.model.Genesis;

/** The stream of frames and the greeting. */
public final class NetFuzz {
  private static final Genesis GENESIS =
      TestPeers.genesis("chain", TestPeers.FIRST, TestPeers.SECOND);

  private NetFuzz() {}

  public static List<FuzzTarget> targets() {
    byte[] hello = TestPeers.helloFrame("chain");
    byte[] stream =
        ByteBuffer.allocate(hello.length + 9)
            .put(hello)
            .putInt(5)
            .put((byte) FrameType.CONSENSUS.code())
            .putInt(42)
            .array();
    return List.of(
        new FuzzTarget("frames", List.of(hello, stream), NetFuzz::frames),
        new FuzzTarget("hello", List.of(Hello.of(GENESIS).frame().payload()), NetFuzz::hello));
  }

  private static void frames(byte[] bytes) {
    EmbeddedChannel channel =
        new EmbeddedChannel(new FrameDecoder(GENESIS, Duration.ofSeconds(20)));
    long read = 0;
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(bytes.clone()));
      channel.finish();
    } catch (DecoderException refused) {
      // what came before it has still been cut
    }
    for (WireFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      read += WireFrame.LENGTH_BYTES + 1 + frame.payload().length;
    }
    if (read > bytes.length) {
      throw new AssertionError("more frames than bytes");
    }
  }

  private static void hello(byte[] bytes) {
    try {
      Hello hello = Hello.decode(bytes.clone());
      byte[] again = hello.frame().payload();
      boolean same =
          hello.version() <= Hello.VERSION
              ? Arrays.equals(again, bytes)
              : Arrays.equals(again, Arrays.copyOf(bytes, again.length)); // more is left unread
      if (!same) {
        throw new AssertionError("two forms of one greeting");
      }
    } catch (CodecException refused) {
      return;
    }
  }
}
