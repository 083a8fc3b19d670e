package org.medseal.connectors.deidentify.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.dicom.BlankedBytes.Blank;
import org.medseal.connectors.dicom.Tag;

/**
 * Walks the frames of JPEG, JPEG-LS (ITU-T T.81, T.87) and JPEG 2000 (T.800, T.814) from marker to
 * marker: nothing may be before, between or after them, and nothing in their headers, but what an
 * image needs. Comments and application data, which no decoder needs, are to be blanked, and so are
 * the few bytes that some devices leave behind a frame; of all else a QuarantineException says so.
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

  /** Of memory that was not cleared, up to the next multiple of eight. */
  private static final int MOST_LEFT_BEHIND = 7;

  private static final int MOST_BLANKS = 1 << 20;
  private static final int JFIF_BYTES = 14;
  private static final int ADOBE_BYTES = 12;

  private final InputStream in;
  private final long[] ends;
  private final ImageComments comments;
  private final Predicate<String> identity;
  private final List<Blank> blanks = new ArrayList<>();
  private long position;
  private int fragment;

  /** {@code ends} are those of the fragments, in bytes from the first one's start. */
  ImageWalk(InputStream in, long[] ends, ImageComments comments, Predicate<String> identity) {
    this.in = in;
    this.ends = ends;
    this.comments = comments;
    this.identity = identity;
  }

  /** What is to be blanked, in rising order; to be asked once the frames have been walked. */
  List<Blank> blanks() {
    return blanks;
  }

  private int read() throws IOException {
    int one = in.read();
    position += one < 0 ? 0 : 1;
    return one;
  }

  private void blank(long from, long to, int filler) {
    if (from < to) {
      if (blanks.size() >= MOST_BLANKS) {
        throw foreign();
      }
      blanks.add(new Blank(from, to, (byte) filler));
    }
  }

  /** The number of whole frames; bytes of zero or FF may fill up after each. */
  int frames() throws IOException {
    int frames = 0;
    for (int next = read(); next >= 0; next = read()) {
      long start = position - 1;
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
        if (frames == 0) {
          throw foreign();
        }
        blankToEndOfFragment(start);
      }
    }
    return frames;
  }

  private void blankToEndOfFragment(long start) throws IOException {
    while (fragment < ends.length && ends[fragment] <= start) {
      fragment++;
    }
    long end = fragment < ends.length ? ends[fragment] : start;
    if (end - start > MOST_LEFT_BEHIND || position > end) {
      throw foreign();
    }
    blank(start, end, 0);
    while (position < end) {
      read();
    }
  }

  /** The first other byte after fill bytes of FF. */
  private int fill() throws IOException {
    int code = read();
    while (code == 0xFF) {
      code = read();
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
    if (read() != 0xFF) {
      throw foreign();
    }
    return fill();
  }

  private static boolean isParameterless(int marker, boolean jpeg2000) {
    return jpeg2000 ? marker == TILE_DATA : marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
  }

  /** Entropy-coded bytes hold no marker but restarts, and in JPEG 2000 those of packets. */
  private int afterData(boolean jpeg2000) throws IOException {
    for (int next = read(); next >= 0; next = read()) {
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
    int length = read() << 8 | read();
    byte[] body = length < 2 ? new byte[0] : in.readNBytes(length - 2);
    long start = position;
    position += body.length;
    if (length < 2 || body.length < length - 2) {
      throw foreign();
    }
    boolean comment = jpeg2000 ? marker == COMMENT_2000 : marker == COMMENT;
    if (comment) {
      int kind = jpeg2000 ? Math.min(2, body.length) : 0;
      byte[] text = Arrays.copyOfRange(body, kind, body.length);
      if (!comments.allow(text) || HiddenText.anyIn(text, identity)) {
        blank(start + kind, position, ' ');
      }
    } else if (!jpeg2000 && !isOfJpeg(marker, body) && mayBeBlanked(marker, body)) {
      blank(start + decoderNeeds(marker, body), position, 0);
    } else if (!(jpeg2000 ? isOfJpeg2000(marker) : isOfJpeg(marker, body))
        || HiddenText.anyIn(body, identity)) {
      throw new QuarantineException(
          QuarantineReason.RESIDUAL_IDENTITY, Tag.toString(Tag.PIXEL_DATA));
    }
  }

  /** Decoders take colours from APP8 and APP14: there only what is behind Adobe's is nobody's. */
  private static boolean mayBeBlanked(int marker, byte[] body) {
    return marker == 0xEE
        ? decoderNeeds(marker, body) > 0
        : marker >= 0xE0 && marker <= 0xEF && marker != 0xE8;
  }

  /** So many bytes of the body tell a decoder about colours and thumbnails. */
  private static int decoderNeeds(int marker, byte[] body) {
    if (marker == 0xE0 && starts(body, "JFIF\0") && body.length >= JFIF_BYTES) {
      return JFIF_BYTES;
    }
    return marker == 0xEE && starts(body, "Adobe") && body.length >= ADOBE_BYTES ? ADOBE_BYTES : 0;
  }

  /** Frames, tables, restarts, and application data of JFIF, Adobe, SPIFF, JPEG-LS and ICC. */
  private static boolean isOfJpeg(int marker, byte[] body) {
    return switch (marker) {
      case 0xE0 ->
          starts(body, "JFIF\0") && body.length == JFIF_BYTES && body[12] == 0 && body[13] == 0;
      case 0xE2 -> starts(body, "ICC_PROFILE\0");
      case 0xE8 ->
          (starts(body, "SPIFF\0") && body.length == 30)
              || (starts(body, "mrfx") && body.length == 5); // colour transform of HP's JPEG-LS
      case 0xEE -> starts(body, "Adobe") && body.length == ADOBE_BYTES;
      case SOI -> false;
      default -> (marker >= 0xC0 && marker <= 0xDF) || marker == 0xF7 || marker == 0xF8;
    };
  }

  private static boolean isOfJpeg2000(int marker) {
    return (marker >= 0x50 && marker <= 0x63) || marker == 0x90;
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
