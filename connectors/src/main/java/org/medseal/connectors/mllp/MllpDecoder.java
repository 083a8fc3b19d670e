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
      if (framer.isInside()) {
        expectMore(context, bytesSeen);
      }
    }

    private void expectMore(ChannelHandlerContext context, long seen) {
      context
          .executor()
          .schedule(
              () -> {
                if (bytesSeen == seen && framer.isInside()) {
                  context.close(); // counted as truncated when the channel goes inactive
                }
              },
              frameTimeoutMs,
              TimeUnit.MILLISECONDS);
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
