package org.medseal.connectors.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes Part 10 files: blank preamble, fresh file meta information that names this implementation
 * and no application entity, no group lengths but that of group 0002.
 */
public final class DicomWriter {
  public static final String IMPLEMENTATION_CLASS_UID =
      "2.25.200210406956208232591997251398254394217";
  public static final String IMPLEMENTATION_VERSION_NAME = "MEDSEAL";

  private DicomWriter() {}

  /** Standard implicit VR becomes explicit, all else stays as it came. */
  public static TransferSyntax syntaxFor(TransferSyntax source) {
    return source.equals(TransferSyntax.IMPLICIT_LITTLE) ? TransferSyntax.EXPLICIT_LITTLE : source;
  }

  /** Leaves the stream open. An IOException is the stream's own, or that of a value's source. */
  public static void write(TransferSyntax source, Dataset dataset, OutputStream out)
      throws IOException {
    TransferSyntax syntax = syntaxFor(source);
    writeHead(syntax, dataset, out);
    if (syntax.deflated()) {
      writeDeflated(dataset, out);
    } else {
      new DatasetWriter(out, Layout.of(syntax)).write(dataset);
    }
    out.flush();
  }

  /** Preamble and file meta information. */
  static void writeHead(TransferSyntax syntax, Dataset dataset, OutputStream out)
      throws IOException {
    out.write(new byte[128]);
    out.write("DICM".getBytes(StandardCharsets.US_ASCII));
    byte[] meta = meta(syntax, dataset);
    new DatasetWriter(out, Layout.EXPLICIT_LITTLE).write(unsignedLong(0x00020000, meta.length));
    out.write(meta);
  }

  private static byte[] meta(TransferSyntax syntax, Dataset dataset) throws IOException {
    Dataset meta = new Dataset();
    meta.put(new Element.Plain(0x00020001, Vr.OB, MemoryBulkData.of(new byte[] {0, 1})));
    copyUid(dataset, Tag.SOP_CLASS_UID, meta, Tag.MEDIA_STORAGE_SOP_CLASS_UID);
    copyUid(dataset, Tag.SOP_INSTANCE_UID, meta, Tag.MEDIA_STORAGE_SOP_INSTANCE_UID);
    meta.put(Element.ascii(Tag.TRANSFER_SYNTAX_UID, Vr.UI, syntax.uid()));
    meta.put(Element.ascii(0x00020012, Vr.UI, IMPLEMENTATION_CLASS_UID));
    meta.put(Element.ascii(0x00020013, Vr.SH, IMPLEMENTATION_VERSION_NAME));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DatasetWriter writer = new DatasetWriter(bytes, Layout.EXPLICIT_LITTLE);
    for (Element element : meta.elements()) {
      writer.write(element);
    }
    return bytes.toByteArray();
  }

  private static void copyUid(Dataset from, int tag, Dataset meta, int metaTag) {
    meta.put(Element.ascii(metaTag, Vr.UI, Values.firstAscii(from, tag).orElse("")));
  }

  private static Element unsignedLong(int tag, int number) {
    byte[] bytes = {
      (byte) number, (byte) (number >>> 8), (byte) (number >>> 16), (byte) (number >>> 24)
    };
    return new Element.Plain(tag, Vr.UL, MemoryBulkData.of(bytes));
  }

  /** PS3.5 annex A.5: a bare deflate stream, filled up to even length with a zero. */
  private static void writeDeflated(Dataset dataset, OutputStream out) throws IOException {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, 8192);
      new DatasetWriter(deflated, Layout.EXPLICIT_LITTLE).write(dataset);
      deflated.finish();
      if ((deflater.getBytesWritten() & 1) == 1) {
        out.write(0);
      }
    } finally {
      deflater.end();
    }
  }
}
