package org.medseal.connectors.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes elements with explicit VR; sequences and items with undefined length, so in one pass. What
 * belongs to commands and file meta information (groups 0000 and 0002) has no place in a data set.
 */
final class DatasetWriter {
  private static final int LONGEST_SHORT = 0xFFFE;

  private final OutputStream out;
  private final boolean bigEndian;

  DatasetWriter(OutputStream out, boolean bigEndian) {
    this.out = out;
    this.bigEndian = bigEndian;
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
    boolean asUnknown = !plain.vr().hasLongLength() && length > LONGEST_SHORT;
    Vr vr = asUnknown ? Vr.UN : plain.vr();
    writeTag(plain.tag());
    writeVr(vr);
    if (vr.hasLongLength()) {
      u16(0);
      u32(length);
    } else {
      u16((int) length);
    }
    copy(plain.value(), vr);
    if ((plain.value().lengthBytes() & 1) == 1) {
      out.write(plain.vr().padding());
    }
  }

  private void copy(BulkData value, Vr vr) throws IOException {
    try (InputStream in = value.open()) {
      boolean turned = bigEndian && vr.wordBytes() > 1;
      InputStream words = turned ? new ByteSwappingInputStream(in, vr.wordBytes()) : in;
      words.transferTo(out);
    }
  }

  private void writeSequence(Element.Sequence sequence) throws IOException {
    writeTag(sequence.tag());
    writeVr(Vr.SQ);
    u16(0);
    u32(ElementHeader.UNDEFINED);
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
    writeVr(encapsulated.vr());
    u16(0);
    u32(ElementHeader.UNDEFINED);
    List<BulkData> fragments = encapsulated.fragments();
    for (BulkData fragment : fragments) {
      long odd = fragment.lengthBytes() & 1;
      writeTag(Tag.ITEM);
      u32(fragment.lengthBytes() + odd);
      copy(fragment, Vr.OB);
      if (odd == 1) {
        out.write(0);
      }
    }
    writeTag(Tag.SEQUENCE_DELIMITER);
    u32(0);
  }

  private void writeTag(int tag) throws IOException {
    u16(Tag.group(tag));
    u16(Tag.element(tag));
  }

  private void writeVr(Vr vr) throws IOException {
    out.write(vr.name().getBytes(StandardCharsets.US_ASCII));
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
