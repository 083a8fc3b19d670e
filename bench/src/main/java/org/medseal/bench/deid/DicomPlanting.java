package org.medseal.bench.deid;

import static org.medseal.bench.deid.Place.CODE_TEXT;
import static org.medseal.bench.deid.Place.DESCRIPTOR;
import static org.medseal.bench.deid.Place.FILE;
import static org.medseal.bench.deid.Place.GRAPHICS;
import static org.medseal.bench.deid.Place.NARRATIVE;
import static org.medseal.bench.deid.Place.NESTED;
import static org.medseal.bench.deid.Place.PRIVATE;
import static org.medseal.bench.deid.Place.REPEATED;
import static org.medseal.bench.deid.Place.STANDARD;
import static org.medseal.bench.deid.Place.UN_SEQUENCE;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** CT images and reports with identity wherever the standard and its senders have room for it. */
final class DicomPlanting {
  private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  private static final String REPORT = "1.2.840.10008.5.1.4.1.1.88.33";
  private static final String[] SNOMED = {"69536005", "38266002", "51185008", "818983003"};
  private static final String[] LOINC = {"18782-3", "11525-3", "29463-7"};

  private final AnswerKey key;
  private final Charset charset;
  private final String term;
  private final boolean undefined;
  private final boolean report;

  private DicomPlanting(AnswerKey key) {
    this.key = key;
    boolean chinese = key.upTo(3) == 0;
    this.charset = chinese ? Charset.forName("GB18030") : StandardCharsets.UTF_8;
    // One file in six of the Chinese ones says what it is not, as senders do.
    this.term = chinese ? key.oneOf("GB18030", "GB18030", "ISO_IR 100") : "ISO_IR 192";
    this.undefined = key.upTo(2) == 0;
    this.report = key.upTo(4) == 0;
  }

  static byte[] message(AnswerKey key) {
    DicomPlanting planting = new DicomPlanting(key);
    DicomBytes data = planting.dataset();
    planting.general(data);
    planting.patient(data);
    planting.acquisition(data);
    planting.privates(data);
    planting.request(data);
    if (planting.report) {
      planting.content(data);
    } else {
      planting.graphics(data);
    }
    return data.file(planting.preamble(), planting.meta());
  }

  private DicomBytes dataset() {
    return new DicomBytes(charset);
  }

  private byte[] preamble() {
    return key.name(FILE).getBytes(StandardCharsets.UTF_8);
  }

  private DicomBytes meta() {
    return dataset()
        .text(0x00020003, "UI", key.oid(FILE))
        .text(0x00020010, "UI", "1.2.840.10008.1.2.1")
        .text(0x00020012, "UI", key.oid(FILE))
        .text(0x00020016, "AE", key.number(FILE))
        .text(0x00020100, "UI", key.oid(FILE))
        .text(0x00020102, "OB", key.name(FILE));
  }

  private void general(DicomBytes data) {
    data.text(0x00080005, "CS", term)
        .text(0x00080016, "UI", report ? REPORT : CT)
        .text(0x00080018, "UI", key.oid(STANDARD))
        .text(0x0008002A, "DT", key.time(STANDARD))
        .text(0x00080050, "SH", key.number(STANDARD))
        .text(0x00080060, "CS", report ? "SR" : "CT")
        .text(0x00080080, "LO", key.institution(STANDARD))
        .text(0x00080081, "ST", key.street(STANDARD))
        .text(0x00080090, "PN", key.name(STANDARD) + "^" + key.name(STANDARD))
        .text(0x00080094, "SH", key.phone(STANDARD))
        .text(0x00081010, "SH", key.number(STANDARD))
        .text(0x00081030, "LO", "CT " + key.name(DESCRIPTOR))
        .text(0x0008103E, "LO", key.known(DESCRIPTOR) + " 3 mm")
        .text(0x00081040, "LO", key.institution(STANDARD))
        .text(0x00081050, "PN", key.name(REPEATED) + "\\" + key.name(REPEATED))
        .text(0x00081090, "LO", "Scan " + key.known(DESCRIPTOR))
        .sequence(0x00081140, undefined, nested(), dated())
        .sequence(0x00082218, undefined, publicCode(), localCode());
  }

  private DicomBytes nested() {
    DicomBytes innermost =
        dataset()
            .text(0x00080090, "PN", key.name(NESTED))
            .text(0x00081155, "UI", key.oid(NESTED))
            .text(0x00091001, "LO", key.name(PRIVATE))
            .text(0x00104000, "LT", "call " + key.phone(NARRATIVE));
    return dataset()
        .text(0x00081155, "UI", key.oid(NESTED))
        .sequence(0x00081199, !undefined, innermost);
  }

  private DicomBytes dated() {
    return nested().text(0x00400244, "DA", key.day(NESTED));
  }

  private DicomBytes publicCode() {
    String snomed = key.code(PublicSystem.SNOMED, key.oneOf(SNOMED));
    return dataset()
        .text(0x00080100, "SH", snomed)
        .text(0x00080102, "SH", "SCT")
        .text(0x00080104, "LO", "for " + key.known(CODE_TEXT));
  }

  private DicomBytes localCode() {
    return dataset()
        .text(0x00080100, "SH", key.number(NESTED))
        .text(0x00080102, "SH", "99X")
        .text(0x00080104, "LO", key.name(CODE_TEXT));
  }

  private void patient(DicomBytes data) {
    String name = key.known(STANDARD) + "^" + key.name(STANDARD);
    String han = charset.equals(StandardCharsets.UTF_8) ? "=" + key.han(STANDARD) : "";
    data.text(0x00100010, "PN", name + han)
        .text(0x00100020, "LO", key.number(STANDARD))
        .text(0x00100021, "LO", key.institution(STANDARD))
        .text(0x00100030, "DA", key.birthDate(STANDARD))
        .text(0x00101000, "LO", key.number(REPEATED) + "\\" + key.number(REPEATED))
        .text(0x00101001, "PN", key.name(REPEATED) + "\\" + key.name(REPEATED))
        .sequence(
            0x00101002,
            undefined,
            dataset().text(0x00100020, "LO", key.number(REPEATED)),
            dataset().text(0x00100020, "LO", key.number(REPEATED)))
        .text(0x00101030, "DS", key.measured())
        .text(0x00101040, "LO", key.street(STANDARD))
        .text(0x00102154, "SH", key.phone(STANDARD))
        .text(0x001021B0, "LT", "Seen by " + key.name(NARRATIVE) + ", " + key.mail(NARRATIVE))
        .text(0x00104000, "LT", key.name(NARRATIVE));
  }

  private void acquisition(DicomBytes data) {
    data.text(0x00180050, "DS", key.measured())
        .text(0x00180060, "DS", key.measured())
        .text(0x00181000, "LO", key.device(STANDARD))
        .text(0x00181030, "LO", key.known(DESCRIPTOR))
        .text(0x00181100, "DS", key.measured())
        .text(0x0020000D, "UI", key.oid(STANDARD))
        .text(0x0020000E, "UI", key.oid(STANDARD))
        .text(0x00200010, "SH", key.number(STANDARD))
        .text(0x00200052, "UI", key.oid(STANDARD))
        .text(0x00204000, "LT", key.name(NARRATIVE));
  }

  private void privates(DicomBytes data) {
    data.text(0x00290010, "LO", key.name(PRIVATE))
        .text(0x00291001, "LO", key.number(PRIVATE))
        .sequence(0x00291002, undefined, dataset().text(0x00100010, "PN", key.name(PRIVATE)))
        .unknownSequence(0x00291003, 0x00100010, key.name(UN_SEQUENCE));
  }

  /** Group 0040 of both, and what comes between. */
  private void request(DicomBytes data) {
    data.unknownSequence(0x00321064, 0x00080104, key.name(UN_SEQUENCE))
        .text(0x00321032, "PN", key.name(STANDARD))
        .text(0x00380010, "LO", key.number(STANDARD))
        .text(0x00380300, "LO", key.institution(STANDARD))
        .sequence(
            0x00400275,
            undefined,
            dataset()
                .text(0x00400007, "LO", key.name(NESTED))
                .text(0x00401001, "SH", key.number(NESTED)));
  }

  private void content(DicomBytes data) {
    DicomBytes number =
        dataset()
            .text(0x0040A040, "CS", "NUM")
            .sequence(
                0x0040A043,
                undefined,
                dataset()
                    .text(0x00080100, "SH", key.code(PublicSystem.LOINC, key.oneOf(LOINC)))
                    .text(0x00080102, "SH", "LN"))
            .sequence(0x0040A300, undefined, dataset().text(0x0040A30A, "DS", key.measured()));
    DicomBytes text =
        dataset()
            .text(0x0040A040, "CS", "TEXT")
            .text(0x0040A160, "UT", "Report on " + key.name(NARRATIVE));
    DicomBytes person =
        dataset().text(0x0040A040, "CS", "PNAME").text(0x0040A123, "PN", key.name(NESTED));
    data.text(0x0040A040, "CS", "CONTAINER").sequence(0x0040A730, undefined, text, number, person);
  }

  private void graphics(DicomBytes data) {
    byte[] drawn = key.name(GRAPHICS).getBytes(StandardCharsets.UTF_8);
    data.sequence(0x00700001, undefined, dataset().text(0x00700006, "ST", key.name(GRAPHICS)))
        .text(0x50000022, "LO", key.name(GRAPHICS))
        .bytes(0x50003000, "OW", drawn)
        .text(0x60000022, "LO", key.name(GRAPHICS))
        .bytes(0x60003000, "OW", drawn)
        .bytes(0x7FE00010, "OW", new byte[128])
        .text(0xFFFCFFFC, "OB", key.name(FILE));
  }
}
