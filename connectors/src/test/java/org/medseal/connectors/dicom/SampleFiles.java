package org.medseal.connectors.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes samples/dicom: slices of 16 by 16 pixels of the invented patients of samples/hl7. Run its
 * main from the root of the project to write them anew.
 */
public final class SampleFiles {
  private static final int SIZE = 16;
  private static final Charset GB18030 = Charset.forName("GB18030");

  private SampleFiles() {}

  public static void main(String[] unused) throws IOException {
    Path folder = Files.createDirectories(Path.of("samples", "dicom"));
    for (var file : all().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  public static SortedMap<String, byte[]> all() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("ct-head.dcm", Part10.write(TransferSyntax.EXPLICIT_LITTLE, ct()));
    files.put("mr-knee-zh.dcm", Part10.write(TransferSyntax.EXPLICIT_LITTLE, mr()));
    return files;
  }

  private static Dataset ct() {
    Charset latin = StandardCharsets.ISO_8859_1;
    Dataset other =
        new Dataset()
            .put(text(Tag.PATIENT_ID, Vr.LO, "0048213"))
            .put(text(Tag.ISSUER_OF_PATIENT_ID, Vr.LO, "HOSP1"))
            .put(text(0x00100022, Vr.CS, "TEXT"));
    Dataset request =
        new Dataset()
            .put(text(0x00321060, Vr.LO, "CT head for Ms Quillfeather"))
            .put(text(0x00400007, Vr.LO, "CT head"))
            .put(text(0x00401001, Vr.SH, "HV-ORD-5521"))
            .put(Part10.sequence(0x00081110, reference("1.2.840.10008.3.1.2.3.1", "1.2.3.4.5.7")));
    Dataset image =
        image("1.2.840.10008.5.1.4.1.1.2", "CT", "1.2.3.4.5.1")
            .put(text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 100"))
            .put(text(Tag.IMAGE_TYPE, Vr.CS, "ORIGINAL\\PRIMARY\\AXIAL"))
            .put(text(Tag.MANUFACTURER, Vr.LO, "MedSeal Samples"))
            .put(text(0x00080080, Vr.LO, "HARBORVIEW GENERAL"))
            .put(text(0x00080090, Vr.PN, "Brackenridge^Oswin^^Dr"))
            .put(text(0x00081030, Vr.LO, "CT HEAD WITHOUT CONTRAST"))
            .put(text(0x0008103E, Vr.LO, "AXIAL 5 MM"))
            .put(Part10.sequence(0x00082218, code("69536005", "SCT", "Head")))
            .put(text(Tag.PATIENT_NAME, Vr.PN, "Quillfeather^Marigold^Tansy", latin))
            .put(text(Tag.PATIENT_ID, Vr.LO, "987-65-4320"))
            .put(text(Tag.ISSUER_OF_PATIENT_ID, Vr.LO, "SSA"))
            .put(text(0x00100030, Vr.DA, "19570314"))
            .put(text(0x00101010, Vr.AS, "068Y"))
            .put(Part10.sequence(Tag.OTHER_PATIENT_IDS_SEQUENCE, other))
            .put(text(0x00180050, Vr.DS, "5.0"))
            .put(text(0x00180060, Vr.DS, "120"))
            .put(text(0x00281052, Vr.DS, "-1024"))
            .put(text(0x00281053, Vr.DS, "1"))
            .put(Part10.sequence(0x00400275, request));
    return withStudy(image, "20260312", "101500", "HV-ORD-5521")
        .put(text(0x00290010, Vr.LO, "HARBORVIEW PACS"))
        .put(text(0x00291001, Vr.LO, "Quillfeather 4EAST"));
  }

  private static Dataset mr() {
    Dataset card =
        new Dataset()
            .put(text(Tag.UNIVERSAL_ENTITY_ID, Vr.UT, "2.16.156.10011.1.3"))
            .put(text(0x00400033, Vr.CS, "ISO"));
    Dataset other =
        new Dataset()
            .put(text(Tag.PATIENT_ID, Vr.LO, "L0077812"))
            .put(text(Tag.ISSUER_OF_PATIENT_ID, Vr.LO, "HOSP2"))
            .put(text(0x00100022, Vr.CS, "TEXT"));
    Dataset image =
        image("1.2.840.10008.5.1.4.1.1.4", "MR", "1.2.3.4.6.1")
            .put(text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, "GB18030"))
            .put(text(Tag.IMAGE_TYPE, Vr.CS, "ORIGINAL\\PRIMARY\\M"))
            .put(text(Tag.MANUFACTURER, Vr.LO, "MedSeal Samples"))
            .put(text(0x00080080, Vr.LO, "临江市第三人民医院", GB18030))
            .put(text(0x00080090, Vr.PN, "Situ^Yanqiu=司徒^砚秋", GB18030))
            .put(text(0x00081030, Vr.LO, "膝关节 平扫", GB18030))
            .put(text(0x0008103E, Vr.LO, "T2 TSE SAG"))
            .put(Part10.sequence(0x00082218, code("72696002", "SCT", "Knee")))
            .put(text(Tag.PATIENT_NAME, Vr.PN, "Ouyang^Jiyue=欧阳^霁月", GB18030))
            .put(text(Tag.PATIENT_ID, Vr.LO, "990101198802293034"))
            .put(Part10.sequence(Tag.ISSUER_OF_PATIENT_ID_QUALIFIERS_SEQUENCE, card))
            .put(text(0x00100030, Vr.DA, "19880229"))
            .put(text(0x00101010, Vr.AS, "038Y"))
            .put(Part10.sequence(Tag.OTHER_PATIENT_IDS_SEQUENCE, other))
            .put(text(0x00101040, Vr.LO, "临江市青萝路88号", GB18030))
            .put(text(0x00180080, Vr.DS, "4000"))
            .put(text(0x00180081, Vr.DS, "95"))
            .put(text(0x00180087, Vr.DS, "1.5"));
    return withStudy(image, "20260315", "143000", "LJ-8842")
        .put(text(0x00290010, Vr.LO, "LINJIANG PACS"))
        .put(
            Part10.sequence(0x00291002, new Dataset().put(text(0x00291003, Vr.LO, "霁月", GB18030))));
  }

  private static Dataset image(String sopClass, String modality, String uid) {
    ByteBuffer pixels = ByteBuffer.allocate(2 * SIZE * SIZE).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SIZE * SIZE; i++) {
      int x = i % SIZE - SIZE / 2;
      int y = i / SIZE - SIZE / 2;
      pixels.putShort((short) Math.max(0, 1200 - 20 * (x * x + y * y)));
    }
    return new Dataset()
        .put(text(Tag.SOP_CLASS_UID, Vr.UI, sopClass))
        .put(text(Tag.SOP_INSTANCE_UID, Vr.UI, uid + ".1.1"))
        .put(text(Tag.MODALITY, Vr.CS, modality))
        .put(text(0x00100040, Vr.CS, "F"))
        .put(text(Tag.STUDY_INSTANCE_UID, Vr.UI, uid))
        .put(text(0x0020000E, Vr.UI, uid + ".1"))
        .put(text(0x00200011, Vr.IS, "1"))
        .put(text(0x00200013, Vr.IS, "1"))
        .put(text(0x00200032, Vr.DS, "-8\\-8\\0"))
        .put(text(0x00200037, Vr.DS, "1\\0\\0\\0\\1\\0"))
        .put(text(0x00200052, Vr.UI, uid + ".2"))
        .put(number(0x00280002, 1))
        .put(text(0x00280004, Vr.CS, "MONOCHROME2"))
        .put(number(0x00280010, SIZE))
        .put(number(0x00280011, SIZE))
        .put(text(0x00280030, Vr.DS, "1\\1"))
        .put(number(0x00280100, 16))
        .put(number(0x00280101, 16))
        .put(number(0x00280102, 15))
        .put(number(Tag.PIXEL_REPRESENTATION, 0))
        .put(Part10.bytes(Tag.PIXEL_DATA, Vr.OW, pixels.array()));
  }

  private static Dataset withStudy(Dataset image, String date, String time, String accession) {
    return image
        .put(text(0x00080020, Vr.DA, date))
        .put(text(0x00080021, Vr.DA, date))
        .put(text(0x00080023, Vr.DA, date))
        .put(text(0x00080030, Vr.TM, time))
        .put(text(0x00080033, Vr.TM, time))
        .put(text(0x00080050, Vr.SH, accession))
        .put(text(0x00200010, Vr.SH, accession));
  }

  private static Dataset reference(String sopClass, String instance) {
    return new Dataset()
        .put(text(0x00081150, Vr.UI, sopClass))
        .put(text(0x00081155, Vr.UI, instance));
  }

  private static Dataset code(String value, String scheme, String meaning) {
    return new Dataset()
        .put(text(Tag.CODE_VALUE, Vr.SH, value))
        .put(text(Tag.CODING_SCHEME_DESIGNATOR, Vr.SH, scheme))
        .put(text(Tag.CODE_MEANING, Vr.LO, meaning));
  }

  private static Element number(int tag, int value) {
    return Part10.bytes(tag, Vr.US, (byte) value, (byte) (value >>> 8));
  }

  private static Element text(int tag, Vr vr, String value) {
    return Part10.text(tag, vr, value);
  }

  private static Element text(int tag, Vr vr, String value, Charset charset) {
    return Part10.text(tag, vr, value, charset);
  }
}
