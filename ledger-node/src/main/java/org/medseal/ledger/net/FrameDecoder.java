package org.medseal.ledger.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import java.util.List;
import org.medseal.ledger.model.Genesis;

/** Cuts the stream into frames; an unknown type or a length above the type's bound ends it. */
final class FrameDecoder extends ByteToMessageDecoder {
  private final Genesis genesis;
  private boolean greeted;

  FrameDecoder(Genesis genesis) {
    this.genesis = genesis;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < WireFrame.LENGTH_BYTES + 1) {
      return;
    }
    long length = in.getUnsignedInt(in.readerIndex()) - 1;
    int code = in.getUnsignedByte(in.readerIndex() + WireFrame.LENGTH_BYTES);
    FrameType type =
        FrameType.of(code)
            .filter(known -> length >= 0 && length <= known.maxBytes(genesis))
            .orElseThrow(
                () -> new DecoderException("frame of type " + code + " and length " + length));
    if (greeted == (type == FrameType.HELLO)) {
      throw new DecoderException("greeting expected once and first, got " + type);
    }
    if (in.readableBytes() < WireFrame.LENGTH_BYTES + 1 + length) {
      return;
    }
    greeted = true;
    in.skipBytes(WireFrame.LENGTH_BYTES + 1);
    byte[] payload = new byte[(int) length];
    in.readBytes(payload);
    out.add(new WireFrame(type, payload));
  }
}
