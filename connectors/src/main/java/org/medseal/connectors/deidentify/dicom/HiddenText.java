package org.medseal.connectors.deidentify.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.medseal.connectors.dicom.BulkData;

/** Text where no text should be: in tables of bytes, and in the headers of compressed images. */
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

  private static final int HEADER_BYTES = 1 << 16;
  private static final int JPEG_START = 0xFFD8;
  private static final int JPEG_2000_START = 0xFF4F;
  private static final int JPEG_SCAN = 0xFFDA;
  private static final int JPEG_2000_TILE = 0xFF90;
  private static final int JPEG_COMMENT = 0xFFFE;
  private static final int JPEG_2000_COMMENT = 0xFF64;

  private HiddenText() {}

  /** The whole value in pieces, each in every character set. */
  static List<String> inBytes(BulkData value) throws IOException {
    List<String> texts = new ArrayList<>();
    byte[] before = new byte[0];
    try (InputStream in = value.open()) {
      for (byte[] next = in.readNBytes(WINDOW_BYTES);
          next.length > 0;
          next = in.readNBytes(WINDOW_BYTES)) {
        byte[] window = Arrays.copyOf(before, before.length + next.length);
        System.arraycopy(next, 0, window, before.length, next.length);
        add(texts, window, 0, window.length);
        before =
            Arrays.copyOfRange(window, Math.max(0, window.length - OVERLAP_BYTES), window.length);
      }
    }
    return texts;
  }

  /** Comments and application data of JPEG, JPEG-LS and JPEG 2000 (ITU-T T.81 table B.1, T.800). */
  static List<String> inImageHeader(BulkData fragment) throws IOException {
    byte[] header;
    try (InputStream in = fragment.open()) {
      header = in.readNBytes(HEADER_BYTES);
    }
    List<String> texts = new ArrayList<>();
    int start = u16(header, 0);
    if (start != JPEG_START && start != JPEG_2000_START) {
      return texts;
    }
    int at = 2;
    while (at + 4 <= header.length) {
      int marker = u16(header, at);
      int end = at + 2 + u16(header, at + 2);
      if (marker < 0xFF00 || marker == JPEG_SCAN || marker == JPEG_2000_TILE) {
        return texts;
      }
      boolean application = marker >= 0xFFE0 && marker <= 0xFFEF;
      if (application || marker == JPEG_COMMENT || marker == JPEG_2000_COMMENT) {
        add(texts, header, at + 4, Math.min(end, header.length));
      }
      at = Math.max(end, at + 4);
    }
    return texts;
  }

  private static void add(List<String> texts, byte[] bytes, int from, int to) {
    for (Charset charset : CHARSETS) {
      if (from < to) {
        texts.add(new String(bytes, from, to - from, charset));
      }
    }
  }

  private static int u16(byte[] bytes, int at) {
    return at + 1 < bytes.length ? (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF) : 0;
  }
}
