package org.medseal.ledger.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/** Writes frames. */
@Sharable
final class FrameEncoder extends MessageToByteEncoder<WireFrame> {
  static final FrameEncoder INSTANCE = new FrameEncoder();

  private FrameEncoder() {}

  @Override
  protected ByteBuf allocateBuffer(
      ChannelHandlerContext context, WireFrame frame, boolean preferDirect) {
    int size = WireFrame.LENGTH_BYTES + 1 + frame.payload().length;
    return preferDirect
        ? context.alloc().ioBuffer(size, size)
        : context.alloc().heapBuffer(size, size);
  }

  @Override
  protected void encode(ChannelHandlerContext context, WireFrame frame, ByteBuf out) {
    out.writeInt(1 + frame.payload().length).writeByte(frame.type().code());
    out.writeBytes(frame.payload());
  }
}
