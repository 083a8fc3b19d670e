package org.medseal.connectors.dicom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Small files and data sets for tests. */
public final class Part10 {
  private Part10() {}

  public static DicomFile read(byte[] bytes) {
    return read(bytes, DicomLimits.IN_MEMORY);
  }

  public static DicomFile read(Path file) {
    try {
      return read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static DicomFile read(byte[] bytes, DicomLimits limits) {
    try {
      return new DicomReader(limits, BulkDataStore.inMemory())
          .read(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] write(TransferSyntax syntax, Dataset dataset) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      DicomWriter.write(syntax, dataset, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static Element text(int tag, Vr vr, String value) {
    return text(tag, vr, value, StandardCharsets.UTF_8);
  }

  public static Element text(int tag, Vr vr, String value, Charset charset) {
    byte[] bytes = value.getBytes(charset);
    byte[] even = Arrays.copyOf(bytes, bytes.length + (bytes.length & 1));
    if (even.length > bytes.length) {
      even[bytes.length] = vr.padding();
    }
    return new Element.Plain(tag, vr, MemoryBulkData.of(even));
  }

  public static Element bytes(int tag, Vr vr, byte... value) {
    return new Element.Plain(tag, vr, MemoryBulkData.of(value));
  }

  public static Element sequence(int tag, Dataset... items) {
    return new Element.Sequence(tag, List.of(items));
  }

  /** A CT slice of 2 by 2 pixels with a nested sequence and a private group. */
  public static Dataset smallCt() {
    Dataset code =
        new Dataset()
            .put(text(Tag.CODE_VALUE, Vr.SH, "113100"))
            .put(text(Tag.CODING_SCHEME_DESIGNATOR, Vr.SH, "DCM"));
    Dataset item =
        new Dataset()
            .put(text(0x00081150, Vr.UI, "1.2.840.10008.5.1.4.1.1.2"))
            .put(sequence(0x0040A170, code));
    return new Dataset()
        .put(text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 192"))
        .put(text(Tag.SOP_CLASS_UID, Vr.UI, "1.2.840.10008.5.1.4.1.1.2"))
        .put(text(Tag.SOP_INSTANCE_UID, Vr.UI, "1.2.3.4"))
        .put(text(Tag.MODALITY, Vr.CS, "CT"))
        .put(sequence(0x00081140, item, new Dataset()))
        .put(text(0x00090010, Vr.LO, "ACME"))
        .put(text(0x00091001, Vr.LO, "secret"))
        .put(text(Tag.PATIENT_NAME, Vr.PN, "Wang^XiaoDong"))
        .put(bytes(0x00280010, Vr.US, (byte) 2, (byte) 0))
        .put(bytes(0x00280103, Vr.US, (byte) 0, (byte) 0))
        .put(bytes(Tag.PIXEL_DATA, Vr.OW, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
  }
}
