package org.medseal.ledger.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.medseal.ledger.model.Genesis;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cuts the stream into frames; an unknown type or a length above the type's bound ends it. */
@SuppressWarnings("FutureReturnValueIgnored") // the channel's own thread looks later
final class FrameDecoder extends ByteToMessageDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(FrameDecoder.class);

  private final Genesis genesis;
  private final Duration wholeWithin;
  private boolean greeted;
  private long frames;
  private long begun = -1; // the frame that has begun to come, by its number
  private long begunNanos;
  private boolean watching;

  /**
   * @param wholeWithin whoever sends the rest of a frame later than that is disconnected
   */
  FrameDecoder(Genesis genesis, Duration wholeWithin) {
    this.genesis = genesis;
    this.wholeWithin = wholeWithin;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < WireFrame.LENGTH_BYTES + 1) {
      watch(context);
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
      watch(context);
      return;
    }
    greeted = true;
    in.skipBytes(WireFrame.LENGTH_BYTES + 1);
    byte[] payload = new byte[(int) length];
    in.readBytes(payload);
    out.add(new WireFrame(type, payload));
    frames++;
  }

  /** A frame has begun. However many begin, one look at a time is due. */
  private void watch(ChannelHandlerContext context) {
    if (begun != frames) {
      begun = frames;
      begunNanos = System.nanoTime();
    }
    if (!watching) {
      lookLater(context, wholeWithin.toNanos());
    }
  }

  private void lookLater(ChannelHandlerContext context, long nanos) {
    watching = true;
    context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext context) {
    watching = false;
    if (begun != frames || !context.channel().isActive()) {
      return; // it has become whole
    }
    long leftNanos = begunNanos + wholeWithin.toNanos() - System.nanoTime();
    if (leftNanos > 0) {
      lookLater(context, leftNanos);
    } else if (context.channel().config().isAutoRead()) {
      LOG.info("a peer drips its frames: disconnected");
      context.close();
    } else { // it is we who do not read
      lookLater(context, wholeWithin.toNanos());
    }
  }
}
