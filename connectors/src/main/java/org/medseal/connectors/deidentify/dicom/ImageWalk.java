package org.medseal.connectors.deidentify.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.dicom.Tag;

/**
 * Walks the frames of JPEG, JPEG-LS (ITU-T T.81, T.87) and JPEG 2000 (T.800, T.814) from marker to
 * marker: nothing may be before, between or after them, and nothing in their headers, but what an
 * image needs. A QuarantineException says so.
 */
final class ImageWalk {
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SCAN = 0xDA;
  private static final int COMMENT = 0xFE;
  private static final int SOC = 0x4F;
  private static final int COMMENT_2000 = 0x64;
  private static final int TILE_DATA = 0x93;
  private static final int PACKET_START = 0x91;
  private static final int PACKET_HEADER_END = 0x92;
  private static final int LAST_DATA_AFTER_FF_2000 = 0x8F;
  private static final int NONE = -1;

  private final InputStream in;
  private final ImageComments comments;
  private final Predicate<String> identity;

  ImageWalk(InputStream in, ImageComments comments, Predicate<String> identity) {
    this.in = in;
    this.comments = comments;
    this.identity = identity;
  }

  /** The number of whole frames; bytes of zero or FF may fill up after each. */
  int frames() throws IOException {
    int frames = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      boolean filling = frames > 0 && (next == 0 || next == 0xFF);
      if (next == 0xFF) {
        int code = fill();
        if (code == SOI || code == SOC) {
          walk(code == SOC);
          frames++;
          continue;
        }
        filling &= code == 0 || code == NONE;
      }
      if (!filling) {
        throw foreign();
      }
    }
    return frames;
  }

  /** The first other byte after fill bytes of FF. */
  private int fill() throws IOException {
    int code = in.read();
    while (code == 0xFF) {
      code = in.read();
    }
    return code;
  }

  private void walk(boolean jpeg2000) throws IOException {
    int marker = marker();
    while (marker != EOI) {
      if (isParameterless(marker, jpeg2000)) {
        marker = marker == TILE_DATA && jpeg2000 ? afterData(true) : marker();
        continue;
      }
      segment(marker, jpeg2000);
      marker = marker == SCAN && !jpeg2000 ? afterData(false) : marker();
    }
  }

  private int marker() throws IOException {
    if (in.read() != 0xFF) {
      throw foreign();
    }
    return fill();
  }

  private static boolean isParameterless(int marker, boolean jpeg2000) {
    return jpeg2000 ? marker == TILE_DATA : marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
  }

  /** Entropy-coded bytes hold no marker but restarts, and in JPEG 2000 those of packets. */
  private int afterData(boolean jpeg2000) throws IOException {
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next != 0xFF) {
        continue;
      }
      int code = fill();
      boolean data =
          jpeg2000
              ? code <= LAST_DATA_AFTER_FF_2000 || code == PACKET_START || code == PACKET_HEADER_END
              : code < 0x80 || (code >= 0xD0 && code <= 0xD7);
      if (!data) {
        return code;
      }
    }
    return EOI; // cut short: nothing follows that could hold anything
  }

  private void segment(int marker, boolean jpeg2000) throws IOException {
    int length = in.read() << 8 | in.read();
    byte[] body = length < 2 ? new byte[0] : in.readNBytes(length - 2);
    if (length < 2 || body.length < length - 2) {
      throw foreign();
    }
    boolean image =
        jpeg2000
            ? isOfJpeg2000(marker, body)
            : marker == COMMENT ? comments.allow(body) : isOfJpeg(marker, body);
    if (!image || HiddenText.anyIn(body, identity)) {
      throw new QuarantineException(
          QuarantineReason.RESIDUAL_IDENTITY, Tag.toString(Tag.PIXEL_DATA));
    }
  }

  /** Frames, tables, restarts, and application data of JFIF, Adobe, SPIFF and ICC. */
  private static boolean isOfJpeg(int marker, byte[] body) {
    return switch (marker) {
      case 0xE0 -> starts(body, "JFIF\0") && body.length == 14 && body[12] == 0 && body[13] == 0;
      case 0xE2 -> starts(body, "ICC_PROFILE\0");
      case 0xE8 -> starts(body, "SPIFF\0") && body.length == 30;
      case 0xEE -> starts(body, "Adobe") && body.length == 12;
      case SOI -> false;
      default -> (marker >= 0xC0 && marker <= 0xDF) || marker == 0xF7 || marker == 0xF8;
    };
  }

  private boolean isOfJpeg2000(int marker, byte[] body) {
    return marker == COMMENT_2000
        ? body.length < 2 || comments.allow(Arrays.copyOfRange(body, 2, body.length))
        : (marker >= 0x50 && marker <= 0x63) || marker == 0x90;
  }

  private static boolean starts(byte[] body, String text) {
    byte[] start = text.getBytes(StandardCharsets.US_ASCII);
    return body.length >= start.length
        && Arrays.equals(body, 0, start.length, start, 0, start.length);
  }

  private static QuarantineException foreign() {
    return new QuarantineException(QuarantineReason.UNPARSABLE, Tag.toString(Tag.PIXEL_DATA));
  }
}
