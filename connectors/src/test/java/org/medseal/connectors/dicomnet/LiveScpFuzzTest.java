package org.medseal.connectors.dicomnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.dicomnet.pdu.Pdu;
import org.medseal.connectors.dicomnet.pdu.Pdv;

/**
 * Damaged conversations with a listening server, in pieces as a line would bring them. Each ends;
 * none costs another, a worker, or more memory than an association may hold. {@code
 * -Dmedseal.scpFuzz=100000} for more of them, {@code -Dmedseal.scpFuzzSeed=7} for others.
 */
class LiveScpFuzzTest {
  private static final int CONVERSATIONS = Integer.getInteger("medseal.scpFuzz", 300);
  private static final long SEED = Long.getLong("medseal.scpFuzzSeed", 1);

  /** Of the pool's own: chunks of 4 MiB for each of the threads at work. */
  private static final long MOST_POOLED_BYTES = 64L << 20;

  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong mostRead = new AtomicLong();

  @Test
  void everyConversationEndsAndCostsNothingButItself() throws Exception {
    long longest = 0;
    long mostPooled = 0;
    try (TestScp scp = new TestScp(this::store)) {
      for (int i = 0; i < CONVERSATIONS; i++) {
        Random random = new Random(SEED + i);
        byte[] bytes = damaged(conversation(random), random);
        longest = Math.max(longest, bytes.length);
        speak(scp, bytes, random, SEED + i);
        mostPooled = Math.max(mostPooled, pooledBytes());
        if (i % 50 == 0) {
          assertThat(scp.serves()).as("after the conversation of seed %d", SEED + i).isTrue();
        }
      }
      await().until(() -> scp.counts.reading().open() == 0);
      assertThat(scp.serves()).isTrue();
      await().until(() -> scp.scp.room() == TestScp.SMALL.maxAssociations());
      ScpCounts.Reading read = scp.counts.reading();
      assertThat(scp.counts.faults()).as("faults of ours").isZero();
      assertThat(read.answers().get(StoreStatus.SUCCESS)).isEqualTo(stored.get());
      assertThat(stored.get()).as("some are whole").isPositive();
      assertThat(read.aborted()).as("some are not").isPositive();
      assertThat(mostRead.get()).isLessThanOrEqualTo(longest + 1024);
      assertThat(mostPooled).isLessThan(MOST_POOLED_BYTES);
      System.out.printf(
          "%d damaged conversations from seed %d: %s; %d bytes pooled at most%n",
          CONVERSATIONS, SEED, read, mostPooled);
    }
  }

  private StoreStatus store(ReceivedObject object) throws IOException {
    long bytes = object.part10().transferTo(OutputStream.nullOutputStream());
    mostRead.accumulateAndGet(bytes, Math::max);
    stored.incrementAndGet();
    return StoreStatus.SUCCESS;
  }

  private static long pooledBytes() {
    PooledByteBufAllocatorMetric metric = PooledByteBufAllocator.DEFAULT.metric();
    return metric.usedDirectMemory() + metric.usedHeapMemory();
  }

  /** An association with echoes and objects, as a good peer would have it. */
  private static byte[] conversation(Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    add(out, RawPeer.request("TESTER", "MEDSEAL", RawPeer.ECHO, RawPeer.STORE));
    int messages = 1 + random.nextInt(4);
    for (int i = 0; i < messages; i++) {
      if (random.nextInt(3) == 0) {
        CommandSet echo =
            new CommandSet()
                .uid(CommandSet.AFFECTED_SOP_CLASS, Uids.VERIFICATION)
                .number(CommandSet.COMMAND_FIELD, CommandSet.C_ECHO_RQ)
                .number(CommandSet.MESSAGE_ID, i)
                .number(CommandSet.DATA_SET_TYPE, CommandSet.NO_DATA_SET);
        value(out, 1, true, true, echo.toBytes());
      } else {
        value(out, 3, true, true, RawPeer.storeRequest(RawPeer.CT, "1.2." + i).toBytes());
        int fragments = 1 + random.nextInt(6);
        for (int f = 1; f <= fragments; f++) {
          byte[] bytes = new byte[random.nextInt(8_000)];
          random.nextBytes(bytes);
          value(out, 3, false, f == fragments, bytes);
        }
      }
    }
    if (random.nextInt(4) > 0) {
      add(out, new Pdu.ReleaseRequest());
    }
    return out.toByteArray();
  }

  private static void value(
      ByteArrayOutputStream out, int context, boolean command, boolean last, byte[] bytes) {
    add(out, new Pdu.Transfer(List.of(new Pdv(context, command, last, bytes))));
  }

  private static void add(ByteArrayOutputStream out, Pdu pdu) {
    out.writeBytes(RawPeer.bytes(pdu));
  }

  /** One in eight is left as it is. */
  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole;
    int blows = random.nextInt(8);
    for (int i = 0; i < blows; i++) {
      // Heads and commands are small: half of the blows fall among the first bytes.
      int at = random.nextInt(random.nextBoolean() ? Math.min(bytes.length, 600) : bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xFF);
        case 4 -> bytes = joined(bytes, at, bytes, Math.max(0, at - random.nextInt(900)));
        default -> bytes = joined(bytes, at, bytes, Math.min(bytes.length, at + 40));
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] front, int frontEnd, byte[] back, int backStart) {
    byte[] joined = Arrays.copyOf(front, frontEnd + back.length - backStart);
    System.arraycopy(back, backStart, joined, frontEnd, back.length - backStart);
    return joined;
  }

  /** Writes in pieces, and some of the time hangs up while an answer is due. */
  private static void speak(TestScp scp, byte[] bytes, Random random, long seed)
      throws IOException {
    try (Socket line = new Socket(TestScp.loopback(0).getAddress(), scp.port())) {
      line.setSoTimeout(30_000);
      line.setTcpNoDelay(true);
      OutputStream out = line.getOutputStream();
      int at = 0;
      while (at < bytes.length) {
        int piece = Math.min(bytes.length - at, 1 + random.nextInt(4_000));
        out.write(bytes, at, piece);
        at += piece;
      }
      if (random.nextInt(3) == 0) {
        return;
      }
      line.shutdownOutput();
      InputStream in = line.getInputStream();
      assertThat(in.transferTo(OutputStream.nullOutputStream()))
          .as("seed %d", seed)
          .isNotNegative();
    } catch (SocketException e) {
      // the server has hung up on nonsense before all of it was said
    }
  }
}
