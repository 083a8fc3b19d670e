package org.medseal.ledger.journal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/** First bytes of a journal file: magic | u32 format version | u64 first position | u32 CRC-32C. */
final class FileHeader {
  static final int BYTES = 20;
  private static final int MAGIC = 0x4d534a4c; // "MSJL"
  private static final int VERSION = 1;
  private static final String SUFFIX = ".journal";

  private FileHeader() {}

  static byte[] encode(long firstPosition) {
    ByteBuffer out =
        ByteBuffer.allocate(BYTES).putInt(MAGIC).putInt(VERSION).putLong(firstPosition);
    return out.putInt(crc(out.array())).array();
  }

  /** Whether these bytes are the header of a file beginning at that position. */
  static boolean isIntact(byte[] header, long firstPosition, Path file) {
    ByteBuffer in = ByteBuffer.wrap(header);
    int magic = in.getInt();
    int version = in.getInt();
    long first = in.getLong();
    if (in.getInt() != crc(header) || magic != MAGIC || first != firstPosition) {
      return false;
    }
    if (version != VERSION) {
      throw new JournalException(
          JournalException.Reason.UNSUPPORTED_VERSION,
          file + " has format version " + version + "; this MedSeal reads version " + VERSION);
    }
    return true;
  }

  static String fileName(long firstPosition) {
    return String.format("%020d", firstPosition) + SUFFIX;
  }

  /** Empty for a file that is not part of a journal. */
  static OptionalLong firstPosition(Path file) {
    String name = file.getFileName().toString();
    return name.matches("\\d{20}\\" + SUFFIX)
        ? OptionalLong.of(Long.parseLong(name.substring(0, 20)))
        : OptionalLong.empty();
  }

  private static int crc(byte[] header) {
    CRC32C crc = new CRC32C();
    crc.update(header, 0, BYTES - 4);
    return (int) crc.getValue();
  }
}
