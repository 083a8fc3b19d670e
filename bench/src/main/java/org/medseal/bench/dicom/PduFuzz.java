package org.medseal.bench.dicom;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.medseal.connectors.dicomnet.pdu.AssociateAccept;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest;
import org.medseal.connectors.dicomnet.pdu.AssociateRequest.ProposedContext;
import org.medseal.connectors.dicomnet.pdu.Pdu;
import org.medseal.connectors.dicomnet.pdu.PduDecoder;
import org.medseal.connectors.dicomnet.pdu.PduWriter;
import org.medseal.connectors.dicomnet.pdu.Pdv;
import org.medseal.connectors.dicomnet.pdu.UserInformation;

/**
 * Mutated PDUs through the decoder of a connection. Exit 1 at the first that throws, or for which
 * more is allocated than its bytes account for. Arguments: PDUs (1,000,000), seed (1).
 */
public final class PduFuzz {
  private static final int MAX_PDU_BYTES = 64 << 10;

  /** Objects of a context, a channel and a list for every few bytes. */
  private static final long ALLOCATED_PER_BYTE = 512;

  private static final long ALLOCATED_AT_LEAST = 256 << 10;
  private static final int WARM_UP = 10_000;
  private static final String UID = "1.2.840.10008.1.2";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Random random;
  private final List<byte[]> samples = samples();
  private long invalid;
  private long read;
  private long mostAllocated;

  private PduFuzz(long seed) {
    this.random = new Random(seed);
  }

  public static void main(String[] arguments) {
    long count = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1_000_000;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
    PduFuzz fuzz = new PduFuzz(seed);
    fuzz.warmUp();
    for (long i = 0; i < count; i++) {
      byte[] bytes = fuzz.mutated();
      try {
        fuzz.feed(bytes);
      } catch (RuntimeException | Error e) {
        System.out.println("FAILED at " + i + " of seed " + seed + ": " + Arrays.toString(bytes));
        e.printStackTrace(System.out);
        System.exit(1);
      }
    }
    System.out.printf(
        "%d mutated PDUs of seed %d: %d read, %d invalid, the rest waits for more; none threw,"
            + " at most %d bytes allocated for one%n",
        count, seed, fuzz.read, fuzz.invalid, fuzz.mostAllocated);
  }

  /** What is loaded and pooled once counts for no input. */
  private void warmUp() {
    for (int i = 0; i < WARM_UP; i++) {
      decode(mutated());
    }
    mostAllocated = 0;
    invalid = 0;
    read = 0;
  }

  private void feed(byte[] bytes) {
    long allocated = decode(bytes);
    if (allocated > ALLOCATED_AT_LEAST + ALLOCATED_PER_BYTE * bytes.length) {
      throw new IllegalStateException(allocated + " bytes allocated for " + bytes.length);
    }
  }

  private long decode(byte[] bytes) {
    EmbeddedChannel channel = new EmbeddedChannel(new PduDecoder(MAX_PDU_BYTES));
    long before = threads.getCurrentThreadAllocatedBytes();
    int at = 0;
    while (at < bytes.length) {
      int piece = Math.min(bytes.length - at, 1 + random.nextInt(2 * bytes.length));
      channel.writeInbound(Unpooled.wrappedBuffer(bytes, at, piece));
      at += piece;
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    for (Object pdu = channel.readInbound(); pdu != null; pdu = channel.readInbound()) {
      invalid += pdu instanceof Pdu.Invalid ? 1 : 0;
      read += pdu instanceof Pdu.Invalid ? 0 : 1;
    }
    channel.finishAndReleaseAll();
    mostAllocated = Math.max(mostAllocated, allocated);
    return allocated;
  }

  private byte[] mutated() {
    byte[] bytes = samples.get(random.nextInt(samples.size())).clone();
    int changes = random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
        case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xFF);
        default -> bytes = repeated(bytes, at);
      }
    }
    return bytes;
  }

  /** A piece of it once more behind it. */
  private byte[] repeated(byte[] bytes, int from) {
    int length = Math.min(bytes.length - from, 1 + random.nextInt(64));
    byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
    System.arraycopy(bytes, from, longer, bytes.length, length);
    return longer;
  }

  private static List<byte[]> samples() {
    UserInformation user =
        new UserInformation(
            16384,
            UID,
            Optional.of("FUZZ"),
            Optional.of(UserInformation.Window.ONE),
            List.of(new UserInformation.Role(UID, true, false)),
            false);
    List<ProposedContext> contexts = new ArrayList<>();
    List<AssociateAccept.ContextResult> results = new ArrayList<>();
    for (int id = 1; id < 40; id += 2) {
      contexts.add(new ProposedContext(id, UID + "." + id, List.of(UID, UID + ".1")));
      results.add(new AssociateAccept.ContextResult(id, id % 4 == 1 ? 0 : 3, UID));
    }
    String name = AssociateRequest.DICOM_CONTEXT;
    List<Pdu> pdus =
        List.of(
            new AssociateRequest(1, "CALLED", "CALLING", name, contexts, user),
            new AssociateAccept(1, "CALLED", "CALLING", name, results, user),
            new Pdu.Reject(1, 1, 7),
            new Pdu.Transfer(
                List.of(
                    new Pdv(1, true, true, new byte[120]), new Pdv(1, false, true, new byte[900]))),
            new Pdu.ReleaseRequest(),
            new Pdu.ReleaseReply(),
            new Pdu.Abort(2, 6));
    return pdus.stream().map(PduFuzz::bytes).toList();
  }

  private static byte[] bytes(Pdu pdu) {
    ByteBuf out = Unpooled.buffer();
    PduWriter.write(pdu, out);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }
}
