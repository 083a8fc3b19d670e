package org.medseal.connectors.mllp;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds frames in a stream of bytes: 0B message 1C 0D. A frame ends with 1C, whatever follows;
 * control characters and spaces between frames are filler. Not for use by several threads.
 */
final class MllpFramer {
  static final byte START = 0x0B;
  static final byte END = 0x1C;
  static final byte CR = 0x0D;

  /** How much of an unreadable stretch is kept. */
  static final int KEPT_OF_BROKEN = 64 << 10;

  private static final int FIRST_BUFFER = 4096;

  private enum Place {
    BETWEEN,
    INSIDE,
    LOST
  }

  private final int maxFrameBytes;
  private final Optional<Charset> charset;
  private Place place = Place.BETWEEN;
  private byte[] buffer = new byte[0];
  private int size;

  MllpFramer(int maxFrameBytes) {
    this(maxFrameBytes, Optional.empty());
  }

  /** {@code charset} is that of messages whose MSH-18 names none. */
  MllpFramer(int maxFrameBytes, Optional<Charset> charset) {
    this.maxFrameBytes = maxFrameBytes;
    this.charset = charset;
  }

  /** Frames completed by these bytes. After garbage or an oversize frame all else is ignored. */
  List<MllpFrame> feed(byte[] chunk) {
    List<MllpFrame> frames = new ArrayList<>();
    int at = 0;
    while (at < chunk.length && place != Place.LOST) {
      at = place == Place.BETWEEN ? between(chunk, at, frames) : inside(chunk, at, frames);
    }
    return frames;
  }

  /** Whether a frame has begun and not ended. */
  boolean isInside() {
    return place == Place.INSIDE;
  }

  private int between(byte[] chunk, int from, List<MllpFrame> frames) {
    int at = from;
    while (at < chunk.length && isFiller(chunk[at])) {
      at++;
    }
    if (at == chunk.length) {
      return at;
    }
    if (chunk[at] == START) {
      place = Place.INSIDE;
      return at + 1;
    }
    place = Place.LOST;
    int end = Math.min(chunk.length, at + KEPT_OF_BROKEN);
    frames.add(MllpFrame.broken(MllpDefect.GARBAGE, Arrays.copyOfRange(chunk, at, end)));
    return chunk.length;
  }

  private int inside(byte[] chunk, int from, List<MllpFrame> frames) {
    int end = from;
    while (end < chunk.length && chunk[end] != END) {
      end++;
    }
    if ((long) size + end - from > maxFrameBytes) {
      keep(chunk, from, Math.min(end, from + Math.max(0, KEPT_OF_BROKEN - size)));
      byte[] kept = Arrays.copyOf(buffer, Math.min(size, KEPT_OF_BROKEN));
      reset(Place.LOST);
      frames.add(MllpFrame.broken(MllpDefect.OVERSIZE, kept));
      return chunk.length;
    }
    keep(chunk, from, end);
    if (end == chunk.length) {
      return end;
    }
    byte[] content = Arrays.copyOf(buffer, size);
    reset(Place.BETWEEN);
    split(content, frames);
    return end + 1;
  }

  /** A start mark before an MSH inside a frame: the frame before it lost its end. */
  private void split(byte[] content, List<MllpFrame> frames) {
    List<MllpFrame> cut = new ArrayList<>();
    int from = 0;
    for (int at = 0; at + 3 < content.length; at++) {
      if (!isSecondStart(content, at)) {
        continue;
      }
      if (cut.size() + 1 == BatchFrame.MAX_PARTS) { // the last stands after them
        frames.add(MllpFrame.broken(MllpDefect.TOO_MANY, content));
        return;
      }
      if (at > from) {
        cut.add(MllpFrame.broken(MllpDefect.TRUNCATED, Arrays.copyOfRange(content, from, at)));
      }
      from = at + 1;
    }
    frames.addAll(cut);
    byte[] last = from == 0 ? content : Arrays.copyOfRange(content, from, content.length);
    BatchFrame.split(last, charset)
        .ifPresentOrElse(frames::addAll, () -> frames.add(MllpFrame.message(last, charset)));
  }

  private static boolean isSecondStart(byte[] content, int at) {
    return content[at] == START
        && content[at + 1] == 'M'
        && content[at + 2] == 'S'
        && content[at + 3] == 'H';
  }

  private void keep(byte[] chunk, int from, int to) {
    int needed = size + to - from;
    if (needed > buffer.length) {
      long grown = Math.max(FIRST_BUFFER, Math.max(needed, 2L * buffer.length));
      buffer = Arrays.copyOf(buffer, (int) Math.min(grown, Math.max(needed, maxFrameBytes)));
    }
    System.arraycopy(chunk, from, buffer, size, to - from);
    size = needed;
  }

  private void reset(Place next) {
    place = next;
    size = 0;
    if (buffer.length > KEPT_OF_BROKEN) {
      buffer = new byte[0];
    }
  }

  private static boolean isFiller(byte value) {
    return value >= 0 && value <= ' ' && value != START;
  }
}
