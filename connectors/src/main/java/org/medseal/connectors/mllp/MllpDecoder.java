package org.medseal.connectors.mllp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.netty.DefaultChannelHandlerFactory;

/** Hands out {@link MllpFrame}s; for camel-netty's {@code decoders} as {@code #mllpDecoder}. */
public final class MllpDecoder extends DefaultChannelHandlerFactory {
  /** Largest message taken over a line unless set otherwise. */
  public static final int DEFAULT_MAX_FRAME_BYTES = 16 << 20;

  private static final long DEFAULT_FRAME_TIMEOUT_MS = 30_000;

  /** So many looks at a silent line before it is closed; it may be silent for one more. */
  private static final int LOOKS = 4;

  private final int maxFrameBytes;
  private final long frameTimeoutMs;
  private final MllpCounters counters;
  private final Optional<Charset> charset;

  public MllpDecoder(MllpCounters counters) {
    this(DEFAULT_MAX_FRAME_BYTES, DEFAULT_FRAME_TIMEOUT_MS, counters);
  }

  /**
   * @param frameTimeoutMs longest silence inside a frame; between frames a line may rest for ever
   */
  public MllpDecoder(int maxFrameBytes, long frameTimeoutMs, MllpCounters counters) {
    this(maxFrameBytes, frameTimeoutMs, counters, Optional.empty());
  }

  private MllpDecoder(
      int maxFrameBytes, long frameTimeoutMs, MllpCounters counters, Optional<Charset> charset) {
    if (maxFrameBytes < 1 || frameTimeoutMs < 1) {
      throw new IllegalArgumentException("frame size and timeout must be positive");
    }
    this.maxFrameBytes = maxFrameBytes;
    this.frameTimeoutMs = frameTimeoutMs;
    this.counters = counters;
    this.charset = charset;
  }

  /** The same for a feed whose messages are in this character set where MSH-18 names none. */
  public MllpDecoder withCharset(Charset feedDefault) {
    return new MllpDecoder(maxFrameBytes, frameTimeoutMs, counters, Optional.of(feedDefault));
  }

  @Override
  public ChannelHandler newChannelHandler() {
    return new Handler();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nothing is left to do on a line being closed
  private final class Handler extends ChannelInboundHandlerAdapter {
    private final MllpFramer framer = new MllpFramer(maxFrameBytes, charset);
    private long bytesSeen;

    /** One timer a line, else a sender of single bytes would have one held for each of them. */
    private boolean watched;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (!(message instanceof ByteBuf buffer)) {
        context.fireChannelRead(message);
        return;
      }
      byte[] chunk;
      try {
        chunk = new byte[buffer.readableBytes()];
        buffer.readBytes(chunk);
      } finally {
        ReferenceCountUtil.release(buffer);
      }
      bytesSeen += chunk.length;
      for (MllpFrame frame : framer.feed(chunk)) {
        frame.problem().ifPresent(counters::count);
        context.fireChannelRead(frame);
      }
      if (framer.isInside() && !watched) {
        watched = true;
        look(context, bytesSeen, 0);
      }
    }

    /** {@code quiet}: how often nothing had come since the look before. */
    private void look(ChannelHandlerContext context, long seen, int quiet) {
      Runnable then =
          () -> {
            int looks = bytesSeen == seen ? quiet + 1 : 0;
            if (!framer.isInside()) {
              watched = false;
            } else if (looks == LOOKS) {
              context.close(); // counted as truncated when the channel goes inactive
            } else {
              look(context, bytesSeen, looks);
            }
          };
      context.executor().schedule(then, Math.max(1, frameTimeoutMs / LOOKS), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      if (framer.isInside()) {
        counters.count(MllpDefect.TRUNCATED);
      }
      context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (!(cause instanceof ClosedChannelException)) {
        context.close();
      }
    }
  }
}
