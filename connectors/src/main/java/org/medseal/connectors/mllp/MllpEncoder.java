package org.medseal.connectors.mllp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;

/**
 * Frames replies; for camel-netty's {@code encoders} as {@code #mllpEncoder}. Anything else a route
 * may end with (an exception, the message itself after a dead letter) closes the line instead: no
 * answer can be taken for an acknowledgement.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // the promise tells the caller
public final class MllpEncoder extends ChannelOutboundHandlerAdapter {
  /** Whether the answer to a frame of several messages has begun on the line. */
  private static final AttributeKey<Boolean> BEGUN = AttributeKey.valueOf("medseal.mllp.begun");

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof MllpReply reply) {
      if (reply.closing()) {
        promise.addListener(ChannelFutureListener.CLOSE);
      }
      ByteBuf bytes = framed(context, reply);
      if (bytes.isReadable()) {
        context.write(bytes, promise);
      } else {
        bytes.release();
        promise.setSuccess();
      }
      return;
    }
    ReferenceCountUtil.release(message);
    promise.setFailure(new IllegalStateException("only acknowledgements are written to MLLP"));
    context.close();
  }

  /** A frame begins with its first bytes and ends with its last reply; without bytes it is none. */
  private static ByteBuf framed(ChannelHandlerContext context, MllpReply reply) {
    Attribute<Boolean> begun = context.channel().attr(BEGUN);
    ByteBuf bytes = context.alloc().buffer(reply.message().length + 3);
    boolean isOpen = Boolean.TRUE.equals(begun.get());
    if (!isOpen && reply.message().length > 0) {
      bytes.writeByte(MllpFramer.START);
      isOpen = true;
    }
    bytes.writeBytes(reply.message());
    if (isOpen && !reply.more()) {
      bytes.writeByte(MllpFramer.END).writeByte(MllpFramer.CR);
      isOpen = false;
    }
    begun.set(isOpen);
    return bytes;
  }
}
