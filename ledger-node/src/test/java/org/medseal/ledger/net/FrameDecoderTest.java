package org.medseal.ledger.net;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medseal.ledger.model.Genesis;

/** A frame is judged by its first five bytes, before memory is set aside for the rest. */
class FrameDecoderTest {
  private static final Genesis GENESIS =
      TestPeers.genesis("chain", TestPeers.FIRST, TestPeers.SECOND);

  @ParameterizedTest
  @EnumSource(FrameType.class)
  void aFrameAboveTheBoundOfItsTypeIsRefusedByItsHead(FrameType type) {
    EmbeddedChannel channel =
        new EmbeddedChannel(new FrameDecoder(GENESIS, Duration.ofSeconds(20)));
    if (type != FrameType.HELLO) {
      channel.writeInbound(head(FrameType.HELLO, 0));
    }
    ByteBuf tooLong = head(type, type.maxBytes(GENESIS) + 1L);
    assertThatThrownBy(() -> channel.writeInbound(tooLong))
        .isInstanceOf(DecoderException.class)
        .hasMessageContaining("length " + (type.maxBytes(GENESIS) + 1L));
  }

  private static ByteBuf head(FrameType type, long payloadBytes) {
    return Unpooled.buffer().writeInt((int) (payloadBytes + 1)).writeByte(type.code());
  }
}
