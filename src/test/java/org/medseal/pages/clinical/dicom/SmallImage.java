package org.medseal.pages.clinical.dicom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.DicomHead;
import org.medseal.connectors.dicom.DicomWriter;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.MemoryBulkData;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Vr;

/** Images of a few pixels, made for a test. */
public final class SmallImage {
  final Dataset dataset = new Dataset();
  TransferSyntax syntax = TransferSyntax.EXPLICIT_LITTLE;

  /** Rows by columns, one sample of so many bits, unsigned, MONOCHROME2. */
  public static SmallImage of(int rows, int columns, int bits) {
    SmallImage image = new SmallImage();
    image.text(Tag.SOP_CLASS_UID, Vr.UI, "1.2.840.10008.5.1.4.1.1.7");
    image.text(Tag.SOP_INSTANCE_UID, Vr.UI, "1.2.3");
    image.text(0x00280004, Vr.CS, "MONOCHROME2");
    image.word(0x00280002, 1).word(0x00280010, rows).word(0x00280011, columns);
    image.word(0x00280100, bits).word(0x00280101, bits).word(0x00280102, bits - 1);
    return image.word(Tag.PIXEL_REPRESENTATION, 0);
  }

  public static SmallImage colour(int rows, int columns, boolean planar, String photometric) {
    return of(rows, columns, 8)
        .word(0x00280002, 3)
        .word(0x00280006, planar ? 1 : 0)
        .text(0x00280004, Vr.CS, photometric);
  }

  public SmallImage word(int tag, int value) {
    byte[] two = {(byte) value, (byte) (value >> 8)};
    dataset.put(new Element.Plain(tag, Vr.US, MemoryBulkData.of(two)));
    return this;
  }

  public SmallImage text(int tag, Vr vr, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    dataset.put(new Element.Plain(tag, vr, MemoryBulkData.of(bytes)));
    return this;
  }

  public SmallImage items(int tag, Dataset... items) {
    dataset.put(new Element.Sequence(tag, List.of(items)));
    return this;
  }

  public SmallImage syntax(TransferSyntax other) {
    syntax = other;
    return this;
  }

  public SmallImage pixels(int... values) {
    int bytes = dataset.find(0x00280100).map(SmallImage::wide).orElse(false) ? 2 : 1;
    byte[] all = new byte[values.length * bytes];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (values[i / bytes] >> (i % bytes * 8));
    }
    dataset.put(new Element.Plain(Tag.PIXEL_DATA, Vr.OW, MemoryBulkData.of(all)));
    return this;
  }

  private static boolean wide(Element bits) {
    return org.medseal.connectors.dicom.Values.firstWord(bits) == 16;
  }

  public byte[] file() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.write(syntax, dataset, out);
    return out.toByteArray();
  }

  DicomHead head() throws IOException {
    return DicomImage.head(new ByteArrayInputStream(file())).orElseThrow();
  }
}
