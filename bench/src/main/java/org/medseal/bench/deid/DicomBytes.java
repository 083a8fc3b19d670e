package org.medseal.bench.deid;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Writes explicit VR little endian, so that no code of the product vouches for itself. */
final class DicomBytes {
  private static final Set<String> LONG =
      Set.of("OB", "OW", "OF", "SQ", "UT", "UN", "UC", "UR", "OV", "OD", "OL", "SV", "UV");
  private static final long UNDEFINED = 0xFFFFFFFFL;
  private static final int ITEM = 0xFFFEE000;
  private static final int ITEM_END = 0xFFFEE00D;
  private static final int SEQUENCE_END = 0xFFFEE0DD;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Charset charset;

  DicomBytes(Charset charset) {
    this.charset = charset;
  }

  DicomBytes text(int tag, String vr, String value) {
    byte[] bytes = value.getBytes(charset);
    return bytes(tag, vr, padded(bytes, vr.equals("UI") ? 0 : ' '));
  }

  private static byte[] padded(byte[] bytes, int filler) {
    byte[] even = java.util.Arrays.copyOf(bytes, bytes.length + (bytes.length & 1));
    if (even.length > bytes.length) {
      even[bytes.length] = (byte) filler;
    }
    return even;
  }

  DicomBytes word(int tag, int number) {
    return bytes(tag, "US", new byte[] {(byte) number, (byte) (number >>> 8)});
  }

  DicomBytes bytes(int tag, String vr, byte[] value) {
    byte[] even = padded(value, 0);
    head(tag, vr, even.length);
    out.writeBytes(even);
    return this;
  }

  /** Items of undefined or of defined length, as senders use both. */
  DicomBytes sequence(int tag, boolean undefined, DicomBytes... items) {
    DicomBytes inner = new DicomBytes(charset);
    for (DicomBytes item : items) {
      inner.tag(ITEM).u32(undefined ? UNDEFINED : item.out.size()).add(item);
      if (undefined) {
        inner.tag(ITEM_END).u32(0);
      }
    }
    head(tag, "SQ", undefined ? UNDEFINED : inner.out.size());
    add(inner);
    return undefined ? tag(SEQUENCE_END).u32(0) : this;
  }

  /** A sequence under UN, implicit little endian inside (CP-246): one item of one text. */
  DicomBytes unknownSequence(int tag, int inside, String value) {
    byte[] bytes = padded(value.getBytes(charset), ' ');
    head(tag, "UN", UNDEFINED);
    tag(ITEM).u32(8L + bytes.length).tag(inside).u32(bytes.length);
    out.writeBytes(bytes);
    return tag(SEQUENCE_END).u32(0);
  }

  private void head(int tag, String vr, long length) {
    tag(tag);
    out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
    if (LONG.contains(vr)) {
      u16(0);
      u32(length);
    } else {
      u16((int) length);
    }
  }

  private DicomBytes tag(int tag) {
    u16(tag >>> 16);
    u16(tag & 0xFFFF);
    return this;
  }

  private DicomBytes add(DicomBytes other) {
    out.writeBytes(other.out.toByteArray());
    return this;
  }

  private DicomBytes u32(long number) {
    u16((int) (number & 0xFFFF));
    u16((int) (number >>> 16));
    return this;
  }

  private void u16(int number) {
    out.write(number);
    out.write(number >>> 8);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  /** A Part 10 file of a preamble, of group 0002 and of this data set. */
  byte[] file(byte[] preamble, DicomBytes meta) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(java.util.Arrays.copyOf(preamble, 128));
    file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(meta.toBytes());
    file.writeBytes(toBytes());
    return file.toByteArray();
  }
}
