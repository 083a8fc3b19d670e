package org.medseal.bench.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.medseal.connectors.dicomnet.Part10Head;
import org.medseal.connectors.dicomnet.StoreScu;

/** CT slices of 512 by 512 pixels of noise, 526 KB each, as Part 10 files; no two are the same. */
final class CtImages {
  private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String ROOT = "2.25.4711.";
  private static final int SIDE = 512;
  static final StoreScu.Offer OFFER = new StoreScu.Offer(CT, EXPLICIT);

  private final byte[] pixels = new byte[2 * SIDE * SIDE];

  CtImages(Random random) {
    random.nextBytes(pixels);
  }

  byte[] image(String series, int number) {
    String instance = ROOT + series + "." + number;
    ByteArrayOutputStream out = new ByteArrayOutputStream(pixels.length + 2048);
    out.writeBytes(new Part10Head(CT, instance, EXPLICIT).toBytes());
    text(out, 0x0008, 0x0016, "UI", CT);
    text(out, 0x0008, 0x0018, "UI", instance);
    text(out, 0x0008, 0x0060, "CS", "CT");
    text(out, 0x0010, 0x0010, "PN", "Bench^Mark");
    text(out, 0x0010, 0x0020, "LO", "B-" + series);
    text(out, 0x0020, 0x000D, "UI", ROOT + series);
    text(out, 0x0020, 0x000E, "UI", ROOT + series + ".0");
    text(out, 0x0020, 0x0013, "IS", String.valueOf(number));
    number(out, 0x0002, 1);
    text(out, 0x0028, 0x0004, "CS", "MONOCHROME2");
    number(out, 0x0010, SIDE);
    number(out, 0x0011, SIDE);
    number(out, 0x0100, 16);
    number(out, 0x0101, 16);
    number(out, 0x0102, 15);
    number(out, 0x0103, 1);
    out.writeBytes(head(0x7FE0, 0x0010, "OW", 12).putInt(pixels.length).array());
    out.writeBytes(pixels);
    return out.toByteArray();
  }

  private static ByteBuffer head(int group, int element, String vr, int bytes) {
    ByteBuffer head = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    head.putShort((short) group).putShort((short) element);
    head.put(vr.getBytes(StandardCharsets.US_ASCII)).putShort((short) 0);
    return head;
  }

  private static void text(
      ByteArrayOutputStream out, int group, int element, String vr, String text) {
    String even = text.length() % 2 == 0 ? text : text + (vr.equals("UI") ? "\0" : " ");
    byte[] bytes = even.getBytes(StandardCharsets.US_ASCII);
    out.writeBytes(head(group, element, vr, 8).putShort(6, (short) bytes.length).array());
    out.writeBytes(bytes);
  }

  private static void number(ByteArrayOutputStream out, int element, int value) {
    out.writeBytes(
        head(0x0028, element, "US", 10).putShort(6, (short) 2).putShort(8, (short) value).array());
  }
}
