package org.medseal.bench.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** A line's bytes: one to four mutated messages with framing as senders get it wrong. */
final class MllpChanges {
  private static final int MOST_FRAMES = 4;

  private MllpChanges() {}

  static byte[] mutate(byte[] seed, byte[] other, Random random) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int frames = random.nextInt(MOST_FRAMES); frames >= 0; frames--) {
      frame(line, Hl7Changes.mutate(frames == 0 ? seed : other, seed, random), random);
    }
    byte[] bytes = line.toByteArray();
    return random.nextInt(10) == 0 ? ByteChanges.change(bytes, other, random) : bytes;
  }

  /** Mostly right; else without a start or an end, with filler, or with marks twice. */
  private static void frame(ByteArrayOutputStream line, byte[] message, Random random) {
    int fault = random.nextInt(24);
    switch (fault) {
      case 0 -> line.writeBytes(new byte[] {0, '\r', '\n', ' '});
      case 1 ->
          line.writeBytes(ByteChanges.piece(message.length == 0 ? new byte[1] : message, random));
      case 2 -> line.write(0x0B);
      default -> {}
    }
    if (fault != 3) {
      line.write(0x0B);
    }
    line.writeBytes(message);
    if (fault != 4) {
      line.write(0x1C);
    }
    if (fault != 5) {
      line.write(fault == 6 ? '\n' : '\r');
    }
  }
}
