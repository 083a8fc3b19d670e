package org.medseal.ledger.journal;

import java.io.IOException;
import java.util.Optional;

/** Walks the frames of one file, up to a file offset. */
final class FrameScanner {
  private final ReadAhead file;
  private final long first;
  private final long limit;
  private final int maxPayload;
  private long offset = FileHeader.BYTES;

  private FrameScanner(ReadAhead file, long first, long limit, int maxPayload) {
    this.file = file;
    this.first = first;
    this.limit = limit;
    this.maxPayload = maxPayload;
  }

  /**
   * For walking a file from its start.
   *
   * @param first position of the file's first frame
   * @param limit file offset at which to stop
   */
  static FrameScanner sequential(DiskFile file, long first, long limit, JournalOptions options) {
    return new FrameScanner(
        new ReadAhead(file, limit, 256 << 10), first, limit, options.maxFrameBytes());
  }

  /** For reading single frames. */
  static FrameScanner random(DiskFile file, long first, long limit, JournalOptions options) {
    return new FrameScanner(new ReadAhead(file, limit, 0), first, limit, options.maxFrameBytes());
  }

  boolean atEnd() {
    return offset >= limit;
  }

  /** File offset of what comes next. */
  long offset() {
    return offset;
  }

  long position() {
    return first + offset - FileHeader.BYTES;
  }

  void seek(long position) {
    offset = position - first + FileHeader.BYTES;
  }

  /** Empty, without moving on, where no whole and intact frame begins. */
  Optional<Frame> next() throws IOException {
    long position = position();
    Optional<Frame> frame = at(offset, -1);
    frame.ifPresent(f -> seek(position + FrameCodec.HEAD_BYTES + f.payload().length));
    return frame;
  }

  /**
   * Whether a later intact frame vouches that what stands at the present offset was durable: then
   * it has been damaged since, else a crash tore it.
   */
  boolean laterFrameVouches() throws IOException {
    for (long at = offset + 1; at + FrameCodec.HEAD_BYTES <= limit; at++) {
      if (at(at, position()).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private Optional<Frame> at(long at, long durableAbove) throws IOException {
    if (limit - at < FrameCodec.HEAD_BYTES) {
      return Optional.empty();
    }
    long position = first + at - FileHeader.BYTES;
    FrameCodec.Head head = FrameCodec.Head.of(file.bytes(at, FrameCodec.HEAD_BYTES));
    if (!head.isPlausible(position, maxPayload, limit - at) || head.durable() <= durableAbove) {
      return Optional.empty();
    }
    byte[] payload = file.bytes(at + FrameCodec.HEAD_BYTES, head.length());
    return FrameCodec.isIntact(position, head, payload)
        ? Optional.of(new Frame(position, head.type(), payload))
        : Optional.empty();
  }
}
