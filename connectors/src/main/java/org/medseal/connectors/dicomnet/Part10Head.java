package org.medseal.connectors.dicomnet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.medseal.connectors.dicom.DicomWriter;
import org.medseal.connectors.dicomnet.AssociationException.Reason;

/**
 * File meta information (PS3.10 section 7.1) before a data set that is not looked at: preamble
 * blank, this implementation named, no application entity.
 */
public record Part10Head(String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {
  private static final int PREAMBLE_BYTES = 128;
  private static final byte[] PREFIX = {'D', 'I', 'C', 'M'};
  private static final int GROUP_LENGTH_BYTES = 12;
  private static final int MAX_META_BYTES = 64 << 10;
  private static final Set<String> LONG_FORM = Set.of("OB", "OW", "UN", "UT", "SQ");
  private static final int SOP_CLASS = 0x0002;
  private static final int SOP_INSTANCE = 0x0003;
  private static final int TRANSFER_SYNTAX = 0x0010;

  public byte[] toBytes() {
    ByteArrayOutputStream meta = new ByteArrayOutputStream();
    meta.writeBytes(new byte[] {2, 0, 1, 0, 'O', 'B', 0, 0, 2, 0, 0, 0, 0, 1});
    text(meta, SOP_CLASS, "UI", sopClassUid);
    text(meta, SOP_INSTANCE, "UI", sopInstanceUid);
    text(meta, TRANSFER_SYNTAX, "UI", transferSyntaxUid);
    text(meta, 0x0012, "UI", DicomWriter.IMPLEMENTATION_CLASS_UID);
    text(meta, 0x0013, "SH", DicomWriter.IMPLEMENTATION_VERSION_NAME);
    ByteBuffer out =
        ByteBuffer.allocate(PREAMBLE_BYTES + PREFIX.length + GROUP_LENGTH_BYTES + meta.size())
            .order(ByteOrder.LITTLE_ENDIAN);
    out.position(PREAMBLE_BYTES);
    out.put(PREFIX).put(new byte[] {2, 0, 0, 0, 'U', 'L', 4, 0}).putInt(meta.size());
    return out.put(meta.toByteArray()).array();
  }

  private static void text(ByteArrayOutputStream out, int element, String vr, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    int padding = bytes.length & 1;
    int length = bytes.length + padding;
    out.writeBytes(new byte[] {2, 0, (byte) element, (byte) (element >>> 8)});
    out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
    out.write(length);
    out.write(length >>> 8);
    out.writeBytes(bytes);
    if (padding == 1) {
      out.write(vr.equals("UI") ? 0 : ' ');
    }
  }

  /**
   * Reads up to the first byte of the data set. AssociationException NOT_SENDABLE for what has no
   * group length, or does not name all three.
   */
  static Part10Head read(InputStream file) throws IOException {
    file.skipNBytes(PREAMBLE_BYTES);
    byte[] start = file.readNBytes(PREFIX.length + GROUP_LENGTH_BYTES);
    ByteBuffer in = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    if (start.length < PREFIX.length + GROUP_LENGTH_BYTES
        || in.getInt() != 'D' + ('I' << 8) + ('C' << 16) + ('M' << 24)
        || in.getInt() != 2) {
      throw notSendable("it does not begin as a Part 10 file");
    }
    int length = in.getInt(PREFIX.length + 8);
    if (length < 0 || length > MAX_META_BYTES) {
      throw notSendable("its file meta information declares " + length + " bytes");
    }
    return parse(file.readNBytes(length));
  }

  private static Part10Head parse(byte[] meta) throws AssociationException {
    ByteBuffer in = ByteBuffer.wrap(meta).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, String> texts = new TreeMap<>();
    while (in.remaining() >= 8) {
      in.getShort();
      int element = in.getShort() & 0xFFFF;
      String vr = "" + (char) in.get() + (char) in.get();
      long length = in.getShort() & 0xFFFF;
      if (LONG_FORM.contains(vr)) {
        length = in.remaining() < Integer.BYTES ? Integer.MAX_VALUE : in.getInt() & 0xFFFFFFFFL;
      }
      if (length > in.remaining()) {
        throw notSendable("its file meta information is cut");
      }
      byte[] value = new byte[(int) length];
      in.get(value);
      texts.put(element, new String(value, StandardCharsets.ISO_8859_1).replaceAll("[\0 ]+$", ""));
    }
    return new Part10Head(
        required(texts, SOP_CLASS),
        required(texts, SOP_INSTANCE),
        required(texts, TRANSFER_SYNTAX));
  }

  private static String required(Map<Integer, String> texts, int element)
      throws AssociationException {
    String uid = texts.getOrDefault(element, "");
    if (!Uids.isValid(uid)) {
      throw notSendable("its file meta information lacks (0002," + element + ")");
    }
    return uid;
  }

  private static AssociationException notSendable(String what) {
    return new AssociationException(Reason.NOT_SENDABLE, "the file cannot be sent: " + what);
  }
}
