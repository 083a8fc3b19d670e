package org.medseal.connectors.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Writes data sets as other programs do: sequences and items of defined or undefined length, group
 * lengths, odd lengths as they are, private sequences under UN with implicit VR inside (CP-246).
 */
final class OtherWriter {
  private static final int UNDEFINED = -1;

  private final Layout layout;
  private final Random choices;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private OtherWriter(Layout layout, Random choices) {
    this.layout = layout;
    this.choices = choices;
  }

  static byte[] bytes(Layout layout, Dataset dataset, Random choices) {
    OtherWriter writer = new OtherWriter(layout, choices);
    writer.write(dataset);
    return writer.out.toByteArray();
  }

  private void write(Dataset dataset) {
    int group = 0;
    for (Element element : dataset.elements()) {
      if (Tag.group(element.tag()) != group && choices.nextBoolean()) {
        head(Tag.of(Tag.group(element.tag()), 0), Vr.UL, 4);
        u32(4711); // nobody believes it
      }
      group = Tag.group(element.tag());
      if (element instanceof Element.Plain plain) {
        byte[] value = Values.bytes(plain.value());
        head(plain.tag(), plain.vr(), value.length);
        out.writeBytes(layout.bigEndian() ? turned(value, plain.vr().wordBytes()) : value);
      } else if (element instanceof Element.Sequence sequence) {
        write(sequence);
      }
    }
  }

  /** A rest shorter than a word stays as it is. */
  private static byte[] turned(byte[] value, int wordBytes) {
    byte[] turned = value.clone();
    for (int i = 0; i < value.length / wordBytes * wordBytes; i++) {
      turned[i] = value[i / wordBytes * wordBytes + wordBytes - 1 - i % wordBytes];
    }
    return turned;
  }

  private void write(Element.Sequence sequence) {
    boolean asUnknown =
        layout.explicitVr() && Tag.isPrivate(sequence.tag()) && choices.nextBoolean();
    // Without a VR a private sequence of defined length is bytes to whoever reads it.
    boolean bytes = !layout.explicitVr() && Tag.isPrivate(sequence.tag());
    boolean undefined = asUnknown || bytes || choices.nextBoolean();
    OtherWriter inside = new OtherWriter(asUnknown ? Layout.IMPLICIT_LITTLE : layout, choices);
    for (Dataset item : sequence.items()) {
      inside.item(item);
    }
    head(sequence.tag(), asUnknown ? Vr.UN : Vr.SQ, undefined ? UNDEFINED : inside.out.size());
    out.writeBytes(inside.out.toByteArray());
    if (undefined) {
      inside.out.reset();
      inside.tag(Tag.SEQUENCE_DELIMITER);
      inside.u32(0);
      out.writeBytes(inside.out.toByteArray());
    }
  }

  private void item(Dataset item) {
    byte[] content = bytes(layout, item, choices);
    boolean undefined = choices.nextBoolean();
    tag(Tag.ITEM);
    u32(undefined ? UNDEFINED : content.length);
    out.writeBytes(content);
    if (undefined) {
      tag(Tag.ITEM_DELIMITER);
      u32(0);
    }
  }

  private void head(int tag, Vr vr, int length) {
    tag(tag);
    if (!layout.explicitVr()) {
      u32(length);
      return;
    }
    out.writeBytes(vr.name().getBytes(StandardCharsets.US_ASCII));
    if (vr.hasLongLength()) {
      u16(0);
      u32(length);
    } else {
      u16(length);
    }
  }

  private void tag(int tag) {
    u16(Tag.group(tag));
    u16(Tag.element(tag));
  }

  private void u32(int number) {
    u16(layout.bigEndian() ? number >>> 16 : number & 0xFFFF);
    u16(layout.bigEndian() ? number & 0xFFFF : number >>> 16);
  }

  private void u16(int number) {
    out.write(layout.bigEndian() ? number >>> 8 : number);
    out.write(layout.bigEndian() ? number : number >>> 8);
  }
}
