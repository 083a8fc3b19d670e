package org.medseal.connectors.deidentify.dicom;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One frame of RLE Lossless (PS3.5 annex G): planes of one byte a pixel, each packed by itself. For
 * one byte of every sample there is one plane.
 */
final class RleFrame {
  private static final int HEADER_BYTES = 64;
  private static final int LONGEST_RUN = 128;
  private static final int MOST_PLANES = 15;

  private RleFrame() {}

  /** Empty unless the frame holds exactly the planes of the layout. */
  static Optional<List<byte[]>> unpack(byte[] frame, PixelLayout layout) {
    int planes = layout.samples() * layout.sampleBytes();
    if (frame.length < HEADER_BYTES || u32(frame, 0) != planes) {
      return Optional.empty();
    }
    List<byte[]> unpacked = new ArrayList<>();
    for (int plane = 1; plane <= planes; plane++) {
      long start = u32(frame, 4 * plane);
      long end = plane == planes ? frame.length : u32(frame, 4 * plane + 4);
      if (start < HEADER_BYTES || start > end || end > frame.length) {
        return Optional.empty();
      }
      byte[] bytes = unpack(frame, (int) start, (int) end, layout.pixels());
      if (bytes.length != layout.pixels()) {
        return Optional.empty();
      }
      unpacked.add(bytes);
    }
    return Optional.of(unpacked);
  }

  /** Whether the frame is planes of so many pixels, one after the other, and nothing else. */
  static boolean holdsOnly(byte[] frame, long pixels) {
    long planes = frame.length < HEADER_BYTES ? 0 : u32(frame, 0);
    if (planes < 1 || planes > MOST_PLANES || u32(frame, 4) != HEADER_BYTES) {
      return false;
    }
    for (int plane = 1; plane <= MOST_PLANES; plane++) {
      long start = u32(frame, 4 * plane);
      long end = plane < planes ? u32(frame, 4 * plane + 4) : frame.length;
      boolean good =
          plane > planes
              ? start == 0
              : start <= end
                  && end <= frame.length
                  && endsWith(frame, (int) start, (int) end, pixels);
      if (!good) {
        return false;
      }
    }
    return true;
  }

  /** After the last pixel of a plane only zeros may follow, or one byte. */
  private static boolean endsWith(byte[] frame, int start, int end, long pixels) {
    long unpacked = 0;
    int at = start;
    while (at < end && unpacked < pixels) {
      int count = frame[at++];
      if (count >= 0) {
        unpacked += count + 1;
        at += count + 1;
      } else if (count != -128) {
        unpacked += 1 - count;
        at++;
      }
    }
    for (int rest = at; rest < end && end - at > 1; rest++) {
      if (frame[rest] != 0) {
        return false;
      }
    }
    return unpacked >= pixels && unpacked - pixels < LONGEST_RUN;
  }

  /** Stops at {@code most} bytes; shorter where the packed ones end early. */
  private static byte[] unpack(byte[] frame, int start, int end, int most) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = start;
    while (at < end && out.size() < most) {
      int count = frame[at++];
      if (count >= 0) {
        int literal = Math.min(Math.min(count + 1, end - at), most - out.size());
        out.write(frame, at, literal);
        at += count + 1;
      } else if (count != -128 && at < end) {
        byte[] run = new byte[Math.min(1 - count, most - out.size())];
        Arrays.fill(run, frame[at++]);
        out.writeBytes(run);
      }
    }
    return out.toByteArray();
  }

  static byte[] pack(List<byte[]> planes, int columns) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] header = new byte[HEADER_BYTES];
    put(header, 0, planes.size());
    for (int plane = 0; plane < planes.size(); plane++) {
      put(header, 4 * plane + 4, HEADER_BYTES + body.size());
      byte[] bytes = planes.get(plane);
      for (int row = 0; row < bytes.length; row += columns) {
        packRow(bytes, row, row + columns, body);
      }
      if ((body.size() & 1) == 1) {
        body.write(0);
      }
    }
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.writeBytes(header);
    frame.writeBytes(body.toByteArray());
    return frame.toByteArray();
  }

  private static void packRow(byte[] bytes, int start, int end, ByteArrayOutputStream out) {
    int at = start;
    while (at < end) {
      int run = runLength(bytes, at, end);
      if (run > 1) {
        out.write(1 - run);
        out.write(bytes[at]);
        at += run;
      } else {
        int literal = at;
        while (literal < end && literal - at < LONGEST_RUN && runLength(bytes, literal, end) < 3) {
          literal++;
        }
        int count = Math.max(1, literal - at);
        out.write(count - 1);
        out.write(bytes, at, count);
        at += count;
      }
    }
  }

  private static int runLength(byte[] bytes, int at, int end) {
    int run = 1;
    while (at + run < end && run < LONGEST_RUN && bytes[at + run] == bytes[at]) {
      run++;
    }
    return run;
  }

  private static long u32(byte[] bytes, int at) {
    return (bytes[at] & 0xFFL)
        | (bytes[at + 1] & 0xFFL) << 8
        | (bytes[at + 2] & 0xFFL) << 16
        | (bytes[at + 3] & 0xFFL) << 24;
  }

  private static void put(byte[] bytes, int at, int number) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (number >>> (8 * i));
    }
  }
}
