package org.medseal.connectors.deidentify.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.medseal.connectors.dicom.BulkData;

/** Text where no text should be, read as each character set a sender may have used. */
final class HiddenText {
  private static final List<Charset> CHARSETS =
      List.of(
          StandardCharsets.ISO_8859_1,
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_16LE,
          Charset.forName("GB18030"));

  private static final int WINDOW_BYTES = 1 << 16;

  /** Longest value that may lie across two windows. */
  private static final int OVERLAP_BYTES = 256;

  private HiddenText() {}

  /**
   * Whether a piece of the value is {@code wanted}; holds one piece, and stops at the first.
   *
   * @param wordBytes of its numbers; text that a machine of the other byte order wrote is turned
   */
  static boolean anyIn(BulkData value, int wordBytes, Predicate<String> wanted) throws IOException {
    byte[] before = new byte[0];
    try (InputStream in = value.open()) {
      for (byte[] next = in.readNBytes(WINDOW_BYTES);
          next.length > 0;
          next = in.readNBytes(WINDOW_BYTES)) {
        byte[] window = Arrays.copyOf(before, before.length + next.length);
        System.arraycopy(next, 0, window, before.length, next.length);
        if (anyIn(window, wanted) || (wordBytes > 1 && anyIn(turned(window, wordBytes), wanted))) {
          return true;
        }
        before =
            Arrays.copyOfRange(window, Math.max(0, window.length - OVERLAP_BYTES), window.length);
      }
    }
    return false;
  }

  /** Windows and overlaps are of whole words. */
  private static byte[] turned(byte[] bytes, int wordBytes) {
    byte[] turned = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      int from = i / wordBytes * wordBytes + wordBytes - 1 - i % wordBytes;
      turned[i] = from < bytes.length ? bytes[from] : bytes[i];
    }
    return turned;
  }

  static boolean anyIn(byte[] bytes, Predicate<String> wanted) {
    return bytes.length > 0
        && CHARSETS.stream().anyMatch(charset -> wanted.test(new String(bytes, charset)));
  }
}
