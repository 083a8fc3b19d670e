package org.medseal.connectors.deidentify.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.medseal.connectors.dicom.Dataset;
import org.medseal.connectors.dicom.Element;
import org.medseal.connectors.dicom.MemoryBulkData;
import org.medseal.connectors.dicom.Part10;
import org.medseal.connectors.dicom.Tag;
import org.medseal.connectors.dicom.TransferSyntax;
import org.medseal.connectors.dicom.Vr;

/** A CT series of one patient, whose identity stands wherever senders have room for it. */
final class PlantedSeries {
  static final int INSTANCES = 9;

  private static final String ROOT = "1.3.6.1.4.1.99999.31.7";
  private static final int REFERENCED_INSTANCE = 0x00081155;
  private static final List<TransferSyntax> SYNTAXES =
      List.of(
          TransferSyntax.EXPLICIT_LITTLE,
          TransferSyntax.EXPLICIT_BIG,
          TransferSyntax.DEFLATED,
          TransferSyntax.of("1.2.840.113619.5.2"));

  /** Each stands in every file; found nowhere else. */
  static final List<String> WORDS =
      List.of(
          "Quuxley",
          "Zenobia",
          "夸克斯利",
          "ZQ-7719304",
          "19610213",
          "Nowhere Infirmary",
          "Gloamstreet 77",
          "Brackendale",
          "Thistlewick",
          "ACC-5550117",
          "VAULT9CT",
          "SN-88120-Q",
          "Hexenhügel",
          "555-0199",
          "Plimsoll",
          "Wrenfield",
          "Oddsworth",
          "Marrowby",
          "Culpepper",
          ROOT);

  private PlantedSeries() {}

  /** One file an instance; each refers to the next, the last to the first. */
  static Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int number = 0; number < INSTANCES; number++) {
      byte[] file = Part10.write(SYNTAXES.get(number % SYNTAXES.size()), instance(number));
      Files.write(folder.resolve(number + ".dcm"), file);
    }
    return folder;
  }

  private static Dataset instance(int number) {
    Dataset image = Part10.smallCt();
    for (Element.Plain element : people()) {
      image.put(element);
    }
    return image
        .put(Part10.bytes(0x00280002, Vr.US, (byte) 1, (byte) 0))
        .put(Part10.bytes(0x00280011, Vr.US, (byte) 2, (byte) 0))
        .put(Part10.bytes(0x00280100, Vr.US, (byte) 16, (byte) 0))
        .put(text(Tag.SOP_INSTANCE_UID, Vr.UI, uid(number)))
        .put(text(Tag.STUDY_INSTANCE_UID, Vr.UI, ROOT + ".1"))
        .put(text(0x0020000E, Vr.UI, ROOT + ".2"))
        .put(text(0x00200052, Vr.UI, ROOT + ".3"))
        .put(Part10.sequence(0x00081140, reference((number + 1) % INSTANCES)))
        .put(Part10.sequence(Tag.OTHER_PATIENT_IDS_SEQUENCE, otherIdentifier()))
        .put(Part10.sequence(0x00400275, request()))
        .put(unknown(0x00321064, 0x00080104, "for Culpepper"))
        .put(text(0x00290010, Vr.LO, "Oddsworth"))
        .put(text(0x00291001, Vr.UT, "read by Oddsworth"))
        .put(Part10.sequence(0x00291002, new Dataset().put(text(0x00291003, Vr.PN, "Marrowby"))))
        .put(unknown(0x00291004, 0x00100010, "Marrowby"));
  }

  private static List<Element.Plain> people() {
    return List.of(
        text(Tag.PATIENT_NAME, Vr.PN, "Quuxley^Zenobia=夸克斯利"),
        text(Tag.PATIENT_ID, Vr.LO, "ZQ-7719304"),
        text(0x00100030, Vr.DA, "19610213"),
        text(0x00101040, Vr.LO, "Gloamstreet 77"),
        text(0x00102154, Vr.SH, "555-0199"),
        text(0x00104000, Vr.LT, "Ms Quuxley asks for Dr Plimsoll"),
        text(0x00080050, Vr.SH, "ACC-5550117"),
        text(0x00080080, Vr.LO, "Nowhere Infirmary"),
        text(0x00080081, Vr.ST, "Hexenhügel"),
        text(0x00080090, Vr.PN, "Brackendale^Ulf"),
        text(0x00081010, Vr.SH, "VAULT9CT"),
        text(0x00081030, Vr.LO, "CT of Zenobia"),
        text(0x00081070, Vr.PN, "Thistlewick"),
        text(0x00181000, Vr.LO, "SN-88120-Q"),
        text(0x00204000, Vr.LT, "born 19610213"));
  }

  private static Dataset reference(int number) {
    Dataset purpose = new Dataset().put(text(Tag.CODE_MEANING, Vr.LO, "as Wrenfield asked"));
    return new Dataset()
        .put(text(REFERENCED_INSTANCE, Vr.UI, uid(number)))
        .put(Part10.sequence(0x0040A170, purpose));
  }

  private static Dataset otherIdentifier() {
    return new Dataset()
        .put(text(Tag.PATIENT_ID, Vr.LO, "ZQ-7719304"))
        .put(text(Tag.ISSUER_OF_PATIENT_ID, Vr.LO, "Nowhere Infirmary"));
  }

  private static Dataset request() {
    return new Dataset()
        .put(text(0x00321032, Vr.PN, "Plimsoll"))
        .put(text(0x00400007, Vr.LO, "head of Quuxley"));
  }

  /** One item with one text in implicit little endian, all of it under UN (CP-246). */
  private static Element unknown(int tag, int inside, String value) {
    byte[] bytes = (value + " ".repeat(value.length() & 1)).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer head = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    head.putShort((short) 0xFFFE).putShort((short) 0xE000).putInt(8 + bytes.length);
    head.putShort((short) Tag.group(inside)).putShort((short) Tag.element(inside));
    head.putInt(bytes.length);
    ByteArrayOutputStream item = new ByteArrayOutputStream();
    item.writeBytes(head.array());
    item.writeBytes(bytes);
    return new Element.Plain(tag, Vr.UN, MemoryBulkData.of(item.toByteArray()));
  }

  private static String uid(int number) {
    return ROOT + ".4." + number;
  }

  private static Element.Plain text(int tag, Vr vr, String value) {
    return (Element.Plain) Part10.text(tag, vr, value);
  }
}
