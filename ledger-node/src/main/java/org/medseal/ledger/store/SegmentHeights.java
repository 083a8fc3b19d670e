package org.medseal.ledger.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.DiskFile;

/**
 * Where the blocks of one full segment stand, in a small file beside it, so that a start need not
 * read the segment. Rebuildable: whatever is wrong with one means that the segment is read again.
 * Layout: u32 magic | u64 first height | u64 end position | u32 count | count times u64 position |
 * u32 CRC-32C.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SegmentHeights(long firstHeight, long end, long[] positions) {
  private static final int MAGIC = 0x4d534849; // "MSHI"
  private static final int FIXED = 4 + 8 + 8 + 4 + 4;
  private static final int MAX_BYTES = 64 << 20;

  static Path file(Path folder, long firstPosition) {
    return folder.resolve(String.format("%020d.heights", firstPosition));
  }

  /** Empty unless an intact one is there. */
  static Optional<SegmentHeights> read(Path file, Disk disk) {
    try {
      if (!disk.exists(file)) {
        return Optional.empty();
      }
      try (DiskFile in = disk.openForReading(file)) {
        long size = in.size();
        if (size < FIXED || size > MAX_BYTES) {
          return Optional.empty();
        }
        byte[] content = new byte[(int) size];
        in.read(0, content, 0, content.length);
        return decode(content);
      }
    } catch (IOException e) {
      return Optional.empty(); // the segment itself is read instead, and says what is wrong
    }
  }

  /** Best effort: without it the next start takes longer. */
  void write(Path file, Disk disk) {
    try {
      if (disk.exists(file)) {
        disk.delete(file);
      }
      try (DiskFile out = disk.create(file)) {
        out.write(0, encode());
        out.sync();
      }
      disk.syncFolder(file.getParent());
    } catch (IOException e) {
      return; // a full disk stops the node at its next block, with a better message
    }
  }

  private byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(FIXED + positions.length * Long.BYTES);
    out.putInt(MAGIC).putLong(firstHeight).putLong(end).putInt(positions.length);
    Arrays.stream(positions).forEach(out::putLong);
    return out.putInt(crc(out.array())).array();
  }

  private static Optional<SegmentHeights> decode(byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content);
    if (in.getInt(content.length - Integer.BYTES) != crc(content) || in.getInt() != MAGIC) {
      return Optional.empty();
    }
    long firstHeight = in.getLong();
    long end = in.getLong();
    int count = in.getInt();
    if (count != (content.length - FIXED) / Long.BYTES) {
      return Optional.empty();
    }
    long[] positions = new long[count];
    Arrays.setAll(positions, i -> in.getLong());
    return Optional.of(new SegmentHeights(firstHeight, end, positions));
  }

  private static int crc(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content, 0, content.length - Integer.BYTES);
    return (int) crc.getValue();
  }
}
