package org.medseal.bench.deid;

import static org.medseal.bench.deid.Place.CODE_TEXT;
import static org.medseal.bench.deid.Place.NARRATIVE;
import static org.medseal.bench.deid.Place.NESTED;
import static org.medseal.bench.deid.Place.REPEATED;
import static org.medseal.bench.deid.Place.STANDARD;
import static org.medseal.bench.deid.Place.Z_SEGMENT;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** HL7 v2 messages with identity wherever the standard and its senders have room for it. */
final class Hl7Planting {
  private static final String[] LOINC = {"2345-7", "718-7", "6690-2", "2160-0", "8867-4"};
  private static final String[] SNOMED = {"260373001", "38341003", "195967001", "44054006"};
  private static final String OTHER_DELIMITERS = "#*$!%";

  private final AnswerKey key;
  private final boolean chinese;
  private final List<Object> lines = new ArrayList<>();

  private Hl7Planting(AnswerKey key) {
    this.key = key;
    this.chinese = key.upTo(3) == 0;
  }

  static byte[] message(AnswerKey key) {
    Hl7Planting planting = new Hl7Planting(key);
    planting.head();
    planting.patient();
    planting.people();
    planting.visit();
    planting.order();
    for (int i = 1 + key.upTo(3); i > 0; i--) {
      planting.results();
    }
    planting.texts();
    planting.history();
    planting.medication();
    planting.privates();
    return planting.bytes();
  }

  private SegmentText add(String name) {
    SegmentText segment = new SegmentText(name);
    lines.add(segment);
    return segment;
  }

  private String person(Place place) {
    return key.number(place) + "^" + key.name(place) + "^" + key.name(place);
  }

  private void head() {
    boolean merge = key.upTo(5) == 0;
    String[] type = key.oneOf(new String[] {"ORU^R01", "R01"}, new String[] {"ADT^A01", "A01"});
    add("MSH")
        .set(3, key.institution(STANDARD))
        .set(4, key.institution(STANDARD), "&", key.oid(NESTED), "&ISO")
        .set(5, "R")
        .set(6, key.institution(STANDARD), "^", key.oid(STANDARD), "^ISO")
        .set(7, key.time(STANDARD), "+0800")
        .set(9, merge ? "ADT^A40" : type[0])
        .set(10, key.number(STANDARD))
        .set(11, "P")
        .set(12, key.oneOf("2.3", "2.4", "2.5.1", "2.8"))
        .set(18, chinese ? "GB 18030-2000" : "UNICODE UTF-8")
        .set(21, key.institution(STANDARD), "^^", key.oid(STANDARD), "^ISO")
        .set(22, key.institution(STANDARD));
    add("SFT").set(1, key.institution(STANDARD)).set(4, key.device(STANDARD));
    add("EVN")
        .set(1, "A01")
        .set(2, key.time(STANDARD))
        .set(5, person(STANDARD))
        .set(7, key.institution(STANDARD));
    if (merge) {
      add("MRG").set(1, key.number(STANDARD), "^^^", key.institution(NESTED), "^MR");
    }
  }

  private void patient() {
    String han = chinese ? key.han(STANDARD) : key.name(STANDARD);
    add("PID")
        .set(1, "1")
        .set(2, key.number(STANDARD))
        .set(
            3,
            key.number(STANDARD) + "^^^" + key.name(NESTED) + "&" + key.oid(NESTED) + "&ISO^MR",
            "~" + key.number(REPEATED) + "^^^SSA^SS~" + key.number(REPEATED) + "^^^HOSP2^VN")
        .set(4, key.number(STANDARD), "~", key.number(REPEATED))
        .set(
            5,
            key.family() + "&" + key.name(NESTED) + "^" + key.name(STANDARD) + "^",
            key.name(STANDARD) + "~" + han + "~" + key.name(REPEATED) + "^" + key.name(REPEATED))
        .set(6, key.name(STANDARD))
        .set(7, key.birthDate(STANDARD))
        .set(8, "F")
        .set(9, key.name(STANDARD))
        .set(11, key.street(STANDARD), "^^", key.name(STANDARD), "~", key.street(REPEATED))
        .set(13, key.phone(STANDARD), "~^NET^Internet^", key.mail(REPEATED))
        .set(14, key.phone(STANDARD))
        .set(18, key.number(STANDARD), "^^^", key.institution(NESTED))
        .set(19, key.number(STANDARD))
        .set(20, key.number(STANDARD))
        .set(21, key.number(STANDARD), "~", key.number(REPEATED))
        .set(23, key.name(STANDARD));
  }

  private void people() {
    add("PD1").set(3, key.institution(STANDARD)).set(4, person(STANDARD), "~", person(REPEATED));
    add("NK1")
        .set(2, key.name(STANDARD), "^", key.name(STANDARD), "~", key.name(REPEATED))
        .set(3, "MTH")
        .set(4, key.street(STANDARD))
        .set(5, key.phone(STANDARD))
        .set(16, key.birthDate(STANDARD));
    add("GT1").set(2, key.number(STANDARD)).set(3, key.name(STANDARD)).set(5, key.street(STANDARD));
    add("IN1")
        .set(2, key.number(STANDARD))
        .set(4, key.institution(STANDARD))
        .set(16, key.name(STANDARD), "^", key.name(STANDARD))
        .set(36, key.number(STANDARD));
  }

  private void visit() {
    add("PV1")
        .set(2, "I")
        .set(3, key.name(STANDARD), "^1^2^", key.name(NESTED), "&", key.oid(NESTED), "&ISO")
        .set(7, person(STANDARD), "~", person(REPEATED))
        .set(8, person(STANDARD))
        .set(10, "MED")
        .set(11, key.name(STANDARD))
        .set(14, "7")
        .set(17, person(STANDARD))
        .set(19, key.number(STANDARD), "^^^", key.institution(NESTED))
        .set(36, "01")
        .set(39, key.institution(STANDARD))
        .set(44, key.time(STANDARD), "-0500")
        .set(50, key.number(STANDARD));
  }

  private void order() {
    add("ORC")
        .set(1, "RE")
        .set(2, key.number(STANDARD), "^", key.institution(NESTED))
        .set(3, key.number(STANDARD), "^", key.institution(NESTED))
        .set(9, key.time(STANDARD))
        .set(12, person(STANDARD), "~", person(REPEATED))
        .set(14, key.phone(STANDARD))
        .set(21, key.institution(STANDARD))
        .set(22, key.street(STANDARD))
        .set(23, key.phone(STANDARD));
    add("OBR")
        .set(2, key.number(STANDARD))
        .set(3, key.number(STANDARD))
        .set(4, code(LOINC, "Panel of " + key.known(CODE_TEXT)))
        .set(7, key.time(STANDARD))
        .set(10, person(STANDARD))
        .set(13, "seen by " + key.name(NARRATIVE))
        .set(16, person(STANDARD))
        .set(17, key.phone(STANDARD))
        .set(18, key.number(STANDARD))
        .set(32, key.number(NESTED), "&", key.name(NESTED), "&", key.name(NESTED));
  }

  private String code(String[] codes, String text) {
    PublicSystem system = codes == LOINC ? PublicSystem.LOINC : PublicSystem.SNOMED;
    String name = codes == LOINC ? "LN" : "SCT";
    return key.code(system, key.oneOf(codes)) + "^" + text + "^" + name;
  }

  private void results() {
    add("OBX")
        .set(2, "NM")
        .set(3, code(LOINC, "Test"), "^", key.name(STANDARD), "^", key.name(NESTED), "^99LAB")
        .set(5, key.measured())
        .set(6, "mmol/L^^UCUM")
        .set(7, "3-5")
        .set(8, "H")
        .set(11, "F")
        .set(14, key.time(STANDARD))
        .set(15, key.institution(STANDARD), "^", key.name(STANDARD))
        .set(16, person(STANDARD))
        .set(18, key.device(STANDARD), "^", key.name(STANDARD), "~", key.device(REPEATED))
        .set(23, key.institution(STANDARD))
        .set(24, key.street(STANDARD))
        .set(25, person(STANDARD));
    add("OBX")
        .set(2, "SN")
        .set(3, code(LOINC, "Ratio"))
        .set(5, "^", key.measured(), "^:^", key.measured());
    add("OBX")
        .set(2, "CWE")
        .set(3, code(LOINC, "Finding"))
        .set(5, code(SNOMED, "Finding in " + key.known(CODE_TEXT)), "~", code(SNOMED, "Rash"))
        .set(11, "F");
  }

  private void texts() {
    String type = key.oneOf("ST", "TX", "FT", "ED", "RP", "XPN", "XAD", "XCN", "XTN", "CX", "");
    String hex =
        HexFormat.of()
            .withUpperCase()
            .formatHex(key.name(NARRATIVE).getBytes(chinese ? gb() : StandardCharsets.UTF_8));
    add("OBX")
        .set(2, type)
        .set(3, code(LOINC, "Note"))
        .set(5, "Patient ", key.name(NARRATIVE), "^", key.number(NESTED), "&", key.name(NESTED))
        .set(13, key.name(STANDARD));
    add("OBX")
        .set(2, "ST")
        .set(3, code(LOINC, "Note"))
        .set(5, "\\X" + hex + "\\ \\T\\ ", key.known(NARRATIVE), "\\.br\\", key.name(NARRATIVE))
        .set(11, "F");
    add("OBX")
        .set(2, "ED")
        .set(3, code(LOINC, "Image"))
        .set(5, "^AP^^Base64^", key.encoded(NARRATIVE));
    add("NTE")
        .set(
            3,
            "call ",
            key.name(NARRATIVE),
            " at ",
            key.phone(NARRATIVE),
            "~",
            key.mail(NARRATIVE));
  }

  private void history() {
    add("DG1")
        .set(3, key.code(PublicSystem.ICD, key.oneOf("I10", "E11.9")), "^Hypertension^I10")
        .set(4, "of ", key.name(NARRATIVE))
        .set(5, key.time(STANDARD))
        .set(16, person(STANDARD));
    add("AL1")
        .set(2, "DA")
        .set(3, key.code(PublicSystem.RXNORM, "1191"), "^Aspirin^RXNORM")
        .set(5, "rash, said ", key.name(NARRATIVE));
    add("PR1")
        .set(3, code(SNOMED, "Biopsy on " + key.known(CODE_TEXT)))
        .set(5, key.time(STANDARD))
        .set(8, person(STANDARD), "~", person(REPEATED))
        .set(11, person(STANDARD));
  }

  private void medication() {
    add("RXA")
        .set(3, key.time(STANDARD))
        .set(5, key.code(PublicSystem.CVX, "08"), "^HepB^CVX")
        .set(6, key.measured())
        .set(7, "mL^^UCUM")
        .set(9, "^", key.name(NARRATIVE))
        .set(10, person(STANDARD))
        .set(11, key.name(STANDARD), "^^^", key.institution(NESTED))
        .set(15, key.device(STANDARD), "~", key.device(REPEATED))
        .set(17, "MSD^Merck^MVX");
  }

  private void privates() {
    add("ZPI")
        .set(1, key.name(Z_SEGMENT))
        .set(2, key.number(Z_SEGMENT), "^", key.name(Z_SEGMENT), "~", key.phone(Z_SEGMENT))
        .set(3, key.institution(Z_SEGMENT), "&", key.oid(Z_SEGMENT))
        .set(9, key.birthDate(Z_SEGMENT));
    add("QQQ").set(1, key.name(Z_SEGMENT));
    add("PRT").set(5, person(STANDARD)).set(10, key.device(STANDARD)).set(15, key.phone(STANDARD));
  }

  private static Charset gb() {
    return Charset.forName("GB18030");
  }

  private byte[] bytes() {
    StringBuilder text = new StringBuilder();
    String end = key.oneOf("\r", "\n", "\r\n");
    lines.forEach(line -> text.append(line).append(end));
    String message = text.toString();
    if (key.upTo(2) == 0) {
      message = withOtherDelimiters(message);
    }
    return message.getBytes(chinese ? gb() : StandardCharsets.UTF_8);
  }

  private static String withOtherDelimiters(String message) {
    String out = message;
    for (int i = 0; i < OTHER_DELIMITERS.length(); i++) {
      out = out.replace("|^~\\&".charAt(i), OTHER_DELIMITERS.charAt(i));
    }
    return out;
  }
}
