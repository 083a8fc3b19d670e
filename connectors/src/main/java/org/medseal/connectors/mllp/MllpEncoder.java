package org.medseal.connectors.mllp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;

/**
 * Frames replies; for camel-netty's {@code encoders} as {@code #mllpEncoder}. Anything else a route
 * may end with (an exception, the message itself after a dead letter) closes the line instead: no
 * answer can be taken for an acknowledgement.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // the promise tells the caller
public final class MllpEncoder extends ChannelOutboundHandlerAdapter {
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof MllpReply reply) {
      if (reply.closing()) {
        promise.addListener(ChannelFutureListener.CLOSE);
      }
      if (reply.message().length == 0) {
        promise.setSuccess();
      } else {
        context.write(framed(context, reply.message()), promise);
      }
      return;
    }
    ReferenceCountUtil.release(message);
    promise.setFailure(new IllegalStateException("only acknowledgements are written to MLLP"));
    context.close();
  }

  private static ByteBuf framed(ChannelHandlerContext context, byte[] content) {
    ByteBuf frame = context.alloc().buffer(content.length + 3);
    frame.writeByte(MllpFramer.START).writeBytes(content);
    return frame.writeByte(MllpFramer.END).writeByte(MllpFramer.CR);
  }
}
