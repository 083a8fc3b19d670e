package org.medseal.bench.dicom;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a line, a disk or an attacker makes of a file. */
final class Damage {
  private static final int MOST_BLOWS = 6;
  private static final byte[][] TELLING = {
    {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF},
    {(byte) 0xFE, (byte) 0xFF, 0x00, (byte) 0xE0},
    {(byte) 0xFE, (byte) 0xFF, 0x0D, (byte) 0xE0},
    {(byte) 0xFE, (byte) 0xFF, (byte) 0xDD, (byte) 0xE0},
    {'S', 'Q', 0, 0},
    {'U', 'N', 0, 0},
    {'O', 'B', 0, 0},
    {'U', 'T', 0, 0},
    {0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF},
    {0, 0, 0, 0},
    {(byte) 0xE0, 0x7F, 0x10, 0x00},
    {0x08, 0x00, 0x05, 0x00},
    {0x1B, 0x24, 0x42, 0x5C}
  };

  private Damage() {}

  static byte[] of(List<byte[]> seeds, Random random) {
    byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
    int blows = 1 + random.nextInt(MOST_BLOWS);
    for (int i = 0; i < blows && bytes.length > 8; i++) {
      bytes = blow(bytes, seeds, random);
    }
    return bytes;
  }

  private static byte[] blow(byte[] bytes, List<byte[]> seeds, Random random) {
    int at = place(bytes, random);
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> put(bytes, at, TELLING[random.nextInt(TELLING.length)]);
      case 3 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 4 -> {
        return joined(bytes, at, bytes, Math.min(bytes.length, at + 1 + random.nextInt(64)));
      }
      case 5 -> {
        return joined(bytes, at, bytes, Math.max(0, at - 1 - random.nextInt(256)));
      }
      default -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        return joined(bytes, at, other, place(other, random));
      }
    }
    return bytes;
  }

  /** Mostly among the headers at the front. */
  private static int place(byte[] bytes, Random random) {
    int bound = random.nextBoolean() ? Math.min(bytes.length, 2_048) : bytes.length;
    return bound == 0 ? 0 : random.nextInt(bound);
  }

  private static void put(byte[] bytes, int at, byte[] telling) {
    System.arraycopy(telling, 0, bytes, at, Math.min(telling.length, bytes.length - at));
  }

  private static byte[] joined(byte[] front, int frontEnd, byte[] back, int backStart) {
    byte[] joined = Arrays.copyOf(front, frontEnd + back.length - backStart);
    System.arraycopy(back, backStart, joined, frontEnd, back.length - backStart);
    return joined;
  }
}
