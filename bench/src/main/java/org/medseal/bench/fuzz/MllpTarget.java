package org.medseal.bench.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.medseal.connectors.hl7ack.Hl7Head;
import org.medseal.connectors.inbox.InboxConstants;
import org.medseal.connectors.message.Receipt;
import org.medseal.connectors.mllp.MllpAnswer;
import org.medseal.connectors.mllp.MllpCounters;
import org.medseal.connectors.mllp.MllpDecoder;
import org.medseal.connectors.mllp.MllpEncoder;
import org.medseal.connectors.mllp.MllpFrame;
import org.medseal.connectors.mllp.MllpReply;

/**
 * A line's bytes through decoder, answer and encoder as a route has them. Where the bytes are cut
 * on the way must not matter, and an answer must be one frame that names the message it is about.
 */
final class MllpTarget implements FuzzTarget {
  /** Low, so that some inputs are above it. */
  private static final int MAX_FRAME_BYTES = 6 << 10;

  private static final long FRAME_TIMEOUT_MS = 30_000;
  private static final byte START = 0x0B;
  private static final byte END = 0x1C;
  private static final String CODES = "AA AE AR CA CE CR";

  private final List<byte[]> seeds;
  private final CamelContext camel;
  private final MllpDecoder decoder =
      new MllpDecoder(MAX_FRAME_BYTES, FRAME_TIMEOUT_MS, new MllpCounters())
          .withCharset(Charset.forName("GB18030"));
  private final MllpEncoder encoder = new MllpEncoder();
  private final MllpAnswer answer =
      new MllpAnswer(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));

  MllpTarget(List<byte[]> seeds, CamelContext camel) {
    this.seeds = List.copyOf(seeds);
    this.camel = camel;
  }

  @Override
  public List<byte[]> seeds() {
    return seeds;
  }

  @Override
  public Mutation mutation() {
    return MllpChanges::mutate;
  }

  @Override
  public int take(byte[] input, Kinds kinds) {
    Random cuts = new Random(Arrays.hashCode(input));
    List<MllpFrame> frames = frames(input, cuts);
    if (cuts.nextInt(8) == 0) {
      sameWherever(frames, frames(input, cuts));
    }
    List<MllpReply> replies = new ArrayList<>();
    for (MllpFrame frame : frames) {
      MllpReply reply = answered(frame, cuts.nextBoolean());
      replies.add(reply);
      if (!reply.more()) {
        oneFrameOrNone(replies);
        replies.clear();
      }
      kinds.count(frame.problem().map(problem -> "frame " + problem).orElse("message"));
    }
    if (frames.isEmpty()) {
      kinds.count("no frame");
    }
    return Math.max(1, frames.size());
  }

  private List<MllpFrame> frames(byte[] input, Random cuts) {
    EmbeddedChannel line = new EmbeddedChannel(decoder.newChannelHandler());
    int most = 1 + cuts.nextInt(Math.max(1, input.length));
    for (int from = 0; from < input.length; ) {
      int to = Math.min(input.length, from + 1 + cuts.nextInt(most));
      line.writeInbound(Unpooled.wrappedBuffer(input, from, to - from));
      from = to;
    }
    List<MllpFrame> frames = new ArrayList<>();
    for (Object each = line.readInbound(); each != null; each = line.readInbound()) {
      frames.add((MllpFrame) each);
    }
    line.finishAndReleaseAll();
    return frames;
  }

  /** Of what is kept of an unreadable stretch the length may differ, and nothing else. */
  private static void sameWherever(List<MllpFrame> one, List<MllpFrame> other) {
    Finding.unless(one.size() == other.size(), "cuts change the number of frames");
    for (int i = 0; i < one.size(); i++) {
      Finding.unless(one.get(i).problem().equals(other.get(i).problem()), "cuts change a defect");
      Finding.unless(
          one.get(i).problem().isPresent() || Arrays.equals(one.get(i).raw(), other.get(i).raw()),
          "cuts change a message");
    }
  }

  private MllpReply answered(MllpFrame frame, boolean stored) {
    Exchange exchange = new DefaultExchange(camel);
    exchange.getMessage().setBody(frame);
    if (stored) {
      exchange.setProperty(InboxConstants.RECEIPT, new Receipt("0", Receipt.Status.NEW));
    }
    answer.process(exchange);
    MllpReply reply = exchange.getMessage().getBody(MllpReply.class);
    if (reply.message().length > 0) {
      requireAbout(frame.head().orElseGet(Hl7Head::empty), reply.message());
    }
    return reply;
  }

  /** The replies to one frame of the sender's, each about a message of it. */
  private void oneFrameOrNone(List<MllpReply> replies) {
    EmbeddedChannel line = new EmbeddedChannel(encoder);
    ByteBuf sent = Unpooled.buffer();
    for (MllpReply reply : replies) {
      line.writeOutbound(reply);
    }
    for (ByteBuf each = line.readOutbound(); each != null; each = line.readOutbound()) {
      sent.writeBytes(each);
      each.release();
    }
    if (replies.stream().anyMatch(reply -> reply.message().length > 0)) {
      Finding.unless(sent.getByte(0) == START, "an answer without a start");
      Finding.unless(
          sent.bytesBefore(END) == sent.readableBytes() - 2, "an answer that ends too early");
    } else {
      Finding.unless(!sent.isReadable(), "bytes where nothing is said");
    }
    line.finishAndReleaseAll();
  }

  private static void requireAbout(Hl7Head head, byte[] answer) {
    Charset charset = head.charset();
    char bar = head.separator();
    // An answer to a batch stands between lines of the batch's envelope.
    String about =
        Arrays.stream(new String(answer, charset).split("\r", -1))
            .filter(segment -> segment.startsWith("MSA"))
            .findFirst()
            .orElse("");
    String expected = head.field(10).isEmpty() ? "" : bar + head.field(10);
    boolean right =
        about.length() >= 6
            && about.startsWith("MSA" + bar)
            && CODES.contains(about.substring(4, 6))
            && about.substring(6).equals(expected);
    Finding.unless(
        right, "an answer about another message, " + charset.equals(StandardCharsets.ISO_8859_1));
  }
}
