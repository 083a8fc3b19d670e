package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes elements; sequences and items with undefined length, so in one pass. What belongs to
 * commands and file meta information (groups 0000 and 0002) has no place in a data set.
 */
final class DatasetWriter {
  private static final int LONGEST_SHORT = 0xFFFE;

  /** Where a value goes; one that refers elsewhere need not be copied at once. */
  interface Sink {
    void value(BulkData value, int wordBytes) throws IOException;
  }

  private final OutputStream out;
  private final Sink sink;
  private final boolean bigEndian;
  private final boolean explicitVr;

  DatasetWriter(OutputStream out, Layout layout) {
    this(out, layout, (value, wordBytes) -> copy(value, wordBytes, out));
  }

  DatasetWriter(OutputStream out, Layout layout, Sink sink) {
    this.out = out;
    this.sink = sink;
    this.bigEndian = layout.bigEndian();
    this.explicitVr = layout.explicitVr();
  }

  void write(Dataset dataset) throws IOException {
    for (Element element : dataset.elements()) {
      if (!Tag.isGroupLength(element.tag()) && !isOfFileOrCommand(element.tag())) {
        write(element);
      }
    }
  }

  private static boolean isOfFileOrCommand(int tag) {
    return Tag.group(tag) == 0 || Tag.group(tag) == 2;
  }

  void write(Element element) throws IOException {
    if (element instanceof Element.Plain plain) {
      writePlain(plain);
    } else if (element instanceof Element.Sequence sequence) {
      writeSequence(sequence);
    } else if (element instanceof Element.Encapsulated encapsulated) {
      writeFragments(encapsulated);
    }
  }

  private void writePlain(Element.Plain plain) throws IOException {
    long length = plain.value().lengthBytes() + (plain.value().lengthBytes() & 1);
    if (length >= ElementHeader.UNDEFINED) {
      throw new DicomException(
          DicomException.Reason.TOO_LARGE, Tag.toString(plain.tag()) + " has 4 GiB or more");
    }
    // PS3.5 section 6.2.2 note 1: what is too long for the short form becomes UN.
    boolean asUnknown = explicitVr && !plain.vr().hasLongLength() && length > LONGEST_SHORT;
    Vr vr = asUnknown ? Vr.UN : plain.vr();
    writeTag(plain.tag());
    writeLength(vr, length);
    writeValue(even(plain.value(), plain.vr().padding()), vr);
  }

  /** Filled up before its words are turned round: the last one counts whole. */
  private static BulkData even(BulkData value, byte padding) {
    return (value.lengthBytes() & 1) == 0 ? value : PaddedBulkData.of(value, padding);
  }

  private void writeLength(Vr vr, long length) throws IOException {
    if (!explicitVr) {
      u32(length);
      return;
    }
    out.write(vr.name().getBytes(StandardCharsets.US_ASCII));
    if (vr.hasLongLength()) {
      u16(0);
      u32(length);
    } else {
      u16((int) length);
    }
  }

  private void writeValue(BulkData value, Vr vr) throws IOException {
    sink.value(value, bigEndian ? vr.wordBytes() : 1);
  }

  private static void copy(BulkData value, int wordBytes, OutputStream out) throws IOException {
    try (InputStream in = words(value, wordBytes)) {
      in.transferTo(out);
    }
  }

  static InputStream words(BulkData value, int wordBytes) throws IOException {
    InputStream in = value.open();
    return wordBytes > 1 ? new ByteSwappingInputStream(in, wordBytes, value.lengthBytes()) : in;
  }

  private void writeSequence(Element.Sequence sequence) throws IOException {
    writeTag(sequence.tag());
    writeLength(Vr.SQ, ElementHeader.UNDEFINED);
    for (Dataset item : sequence.items()) {
      writeTag(Tag.ITEM);
      u32(ElementHeader.UNDEFINED);
      write(item);
      writeTag(Tag.ITEM_DELIMITER);
      u32(0);
    }
    writeTag(Tag.SEQUENCE_DELIMITER);
    u32(0);
  }

  private void writeFragments(Element.Encapsulated encapsulated) throws IOException {
    writeTag(encapsulated.tag());
    writeLength(encapsulated.vr(), ElementHeader.UNDEFINED);
    List<BulkData> fragments = encapsulated.fragments();
    for (BulkData fragment : fragments) {
      BulkData value = even(fragment, Vr.OB.padding());
      writeTag(Tag.ITEM);
      u32(value.lengthBytes());
      writeValue(value, Vr.OB);
    }
    writeTag(Tag.SEQUENCE_DELIMITER);
    u32(0);
  }

  private void writeTag(int tag) throws IOException {
    u16(Tag.group(tag));
    u16(Tag.element(tag));
  }

  private void u16(int number) throws IOException {
    out.write(bigEndian ? number >>> 8 : number);
    out.write(bigEndian ? number : number >>> 8);
  }

  private void u32(long number) throws IOException {
    int high = (int) (number >>> 16);
    int low = (int) (number & 0xFFFF);
    u16(bigEndian ? high : low);
    u16(bigEndian ? low : high);
  }
}
