package org.medseal.connectors.deidentify.hl7;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.medseal.connectors.deidentify.Planted;

/**
 * A result message with invented identities in every place where HL7 v2 has room for them. Segments
 * are templates: {name}, {phone}, {street} and {7} (a number of so many digits) plant a secret;
 * {loinc}, {snomed}, {code:X} and {measured} a clinical value.
 */
final class Hl7PlantedMessage {
  private static final String[] LOINC = {"2345-7", "718-7", "6690-2", "2160-0", "8867-4"};
  private static final String[] SNOMED = {"260373001", "38341003", "195967001", "44054006"};
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");
  private static final String USUAL = "|^~\\&";
  private static final String OTHERS = "#*$!@";
  private static final String PERSON = "{8}^{name}";

  private final Planted planted;
  private final boolean chinese;
  private final String patient;
  private final String number;
  private final List<String> lines = new ArrayList<>();

  private Hl7PlantedMessage(Planted planted) {
    this.planted = planted;
    this.chinese = planted.upTo(3) == 0;
    this.patient = chinese ? planted.han() : planted.name();
    this.number = planted.number(9);
  }

  static byte[] of(Planted planted) {
    Hl7PlantedMessage message = new Hl7PlantedMessage(planted);
    message.patientSegments();
    message.orderSegments();
    message.resultSegments();
    message.otherSegments();
    return message.bytes();
  }

  private void patientSegments() {
    add(
        "MSH|^~\\&|{name}|{name}&1.2.{7}^ISO|R|{name}|20240110120000+0800||ORU^R01|{10}|P|2.5.1||||||"
            + (chinese ? "GB 18030-2000" : "UNICODE UTF-8")
            + "|||{name}");
    add("EVN|A01|20240110|||{7}^{name}^{name}||{name}");
    add(
        "PID|1|{8}|{mrn}^^^{name}^MR~{9}^^^SSA^SS|{8}|{patient}&{name}^{name}^{name}~{name}^{name}"
            + "|{name}|{birth}|F|{name}||{street}^^{name}^^{6}||{phone}~^PRN^Internet^{name}@{name}.org"
            + "|{phone}||||{9}|{9}|{8}|{8}||{name}");
    add("PD1||||" + PERSON);
    add("NK1|1|{name}^{name}|MTH|{street}|{phone}");
    add(
        "PV1|1|I|{name}^1^2^{name}|R||{name}|{8}^{name}~{8}^{name}|{name}^{name}||MED|{name}|||7|||"
            + "{7}^{name}||{9}^^^{name}|||||||||||||||||01|||{name}|||||20240109|20240110");
    add("GT1|1|{8}|{name}^{name}||{street}|{phone}");
    add("IN1|1|{7}|{7}|{name}||||||||||||{name}^{name}|||||||||||||||||||{9}");
  }

  private void orderSegments() {
    add(
        "ORC|RE|{9}^{name}|{9}^{name}||CM||||20240110|{name}^{name}||{8}^{name}||{phone}|||||||"
            + "{name}|{street}|{phone}");
    add(
        "OBR|1|{9}|{9}|{loinc}^Panel of {patient}^LN|||20240110|||{7}^{name}|||clinical {name}|||"
            + "{8}^{name}^{name}|{phone}|{8}|||{name}");
  }

  private void resultSegments() {
    for (int i = 0; i < 3; i++) {
      add(
          "OBX|1|NM|{loinc}^Test^LN^{name}^{name}^99{name}||{measured}|mmol/L^^UCUM|3-5|H|||F|||"
              + "20240110|{name}|{8}^{name}||{9}^{name}|||||{name}|{street}|{7}^{name}");
      add(
          "OBX|2|CWE|{loinc}^Finding^LN||{snomed}^Finding in "
              + planted.oneOf(patient, number)
              + "^SCT||||||F");
    }
    String type =
        planted.oneOf("ST", "TX", "FT", "ED", "RP", "XPN", "XAD", "XCN", "XTN", "CX", "PPN", "");
    add(
        "OBX|3|"
            + type
            + "|{code:11506-3}^Note^LN||Patient {name}^{9}&{name}~{name} \\.br\\ {name}");
    add("NTE|1||call {name} at {phone}");
  }

  private void otherSegments() {
    add("DG1|1||{code:I10}^Hypertension^I10|of {name}|20240110|A||||||||||" + PERSON);
    add("AL1|1|DA|{code:1191}^Aspirin^RXNORM|SV|rash said {name}");
    add(
        "RXA|0|1|20240110||{code:08}^HepB^CVX|{measured}|mL^^UCUM||^{name}|{7}^{name}"
            + "|{name}^^^{name}||||LOT{7}");
    add("PR1|1||{code:76164006}^Biopsy^SCT||20240110||||||{7}^{name}");
    add("ZPI|1|{name}|{9}^{name}~{phone}");
    add("QQQ|{name}");
  }

  private void add(String template) {
    lines.add(PLACEHOLDER.matcher(template).replaceAll(m -> quoted(value(m.group(1)))));
  }

  private static String quoted(String value) {
    return java.util.regex.Matcher.quoteReplacement(value);
  }

  private String value(String placeholder) {
    return switch (placeholder) {
      case "name" -> planted.name();
      case "patient" -> patient;
      case "mrn" -> number;
      case "birth" -> planted.birthDate();
      case "phone" -> planted.phone();
      case "street" -> planted.street();
      case "measured" -> planted.measured();
      case "loinc" -> planted.clinical(planted.oneOf(LOINC));
      case "snomed" -> planted.clinical(planted.oneOf(SNOMED));
      default ->
          placeholder.startsWith("code:")
              ? planted.clinical(placeholder.substring("code:".length()))
              : planted.number(Integer.parseInt(placeholder));
    };
  }

  private byte[] bytes() {
    String text = String.join(planted.oneOf("\r", "\n", "\r\n"), lines);
    if (planted.upTo(2) == 1) {
      for (int i = 0; i < USUAL.length(); i++) {
        String other = OTHERS.substring(i, i + 1);
        text = text.replace(other, "").replace(USUAL.substring(i, i + 1), other);
      }
    }
    return text.getBytes(chinese ? Charset.forName("GB18030") : StandardCharsets.UTF_8);
  }
}
