package org.medseal.connectors.deidentify.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.Planted;

/** Invented identities in every place where HL7 v2 has room for them. */
class Hl7PlantedTest {

  private static final int MESSAGES = 300;
  private static final String[] LOINC = {"2345-7", "718-7", "6690-2", "2160-0", "8867-4"};
  private static final String[] SNOMED = {"260373001", "38341003", "195967001", "44054006"};

  private final Deidentifier shipped = DeidFixture.shipped(Format.HL7V2);

  @Test
  void noPlantedIdentityIsLeftAndTheMedicineIs() {
    int kept = 0;
    int all = 0;
    for (int seed = 0; seed < MESSAGES; seed++) {
      Planted p = new Planted(seed);
      Outcome outcome = shipped.deidentify(message(p), DeidFixture.LOCAL);
      assertThat(outcome).as("seed %d", seed).isInstanceOf(Outcome.Released.class);
      String text = DeidFixture.text(outcome);
      assertThat(p.leaks(text)).as("seed %d", seed).isEmpty();
      all += p.clinical().size();
      kept += (int) p.clinical().stream().filter(text::contains).count();
    }
    System.out.printf("hl7v2 planted: %d of %d clinical values kept%n", kept, all);
    assertThat(kept).isGreaterThanOrEqualTo(all * 95 / 100);
  }

  /** Identity in any field of any segment, kept or not: released clean or not released. */
  @Test
  void identityInAnyFieldAtAllNeverComesThrough() {
    List<String> segments =
        List.of(
            "MSH", "EVN", "PV1", "PV2", "ORC", "OBR", "OBX", "SPM", "TQ1", "DG1", "PR1", "AL1",
            "IAM", "RXA", "RXE", "RXO", "RXD", "RXR", "RXC", "PRB", "GOL", "FT1", "TXA", "SCH",
            "AIS", "RGS", "NK1", "IN1", "ZZZ", "DRG", "BLC");
    int released = 0;
    for (String name : segments) {
      for (int field = 1; field <= 50; field++) {
        if (name.equals("MSH") && (field < 3 || field == 18)) {
          continue;
        }
        Planted p = new Planted(field * 1_000L + segments.indexOf(name));
        String planted = p.oneOf(p.name(), p.number(9), p.han());
        String value =
            p.oneOf(
                planted,
                "x^" + planted,
                "a&" + planted + "^^LN",
                "z~" + planted,
                planted + "^" + planted + "^LN",
                "1^" + planted + "^SCT^" + planted);
        Outcome outcome =
            shipped.deidentify(anywhere(name, field, value, planted), DeidFixture.LOCAL);
        if (outcome instanceof Outcome.Released) {
          released++;
          assertThat(DeidFixture.text(outcome).replace("\\", ""))
              .as("%s-%d %s", name, field, value)
              .doesNotContain(planted);
        }
      }
    }
    assertThat(released).isGreaterThan(segments.size() * 30);
  }

  private static byte[] anywhere(String name, int field, String value, String planted) {
    String msh = "MSH|^~\\&|A|B|C|D|20240101||ORU^R01|1|P|2.5";
    String[] own = msh.split("\\|", -1);
    if (name.equals("MSH")) {
      List<String> fields = new ArrayList<>(List.of(own));
      while (fields.size() < 52) {
        fields.add("");
      }
      fields.set(field - 1, value);
      msh = String.join("|", fields);
    }
    String type =
        name.equals("OBX") && field != 2
            ? "OBX|1|"
                + List.of("CE", "NM", "ST", "SN").get(field % 4)
                + "|".repeat(Math.max(1, field - 2))
                + value
            : name + "|".repeat(field) + value;
    String text =
        msh
            + "\rPID|1||123456789^^^HOSP1^MR~"
            + planted
            + "^^^HOSP2^MR||"
            + planted
            + "^"
            + planted
            + "\r"
            + (name.equals("MSH") ? "" : type + "\r");
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] message(Planted p) {
    boolean chinese = p.upTo(3) == 0;
    String[] delimiters =
        p.oneOf(new String[] {"|", "^", "~", "\\", "&"}, new String[] {"#", "*", "$", "!", "@"});
    List<String> lines = new ArrayList<>();
    String name = chinese ? p.han() : p.name();
    String mrn = p.number(9);
    lines.add(
        "MSH|^~\\&|"
            + p.name()
            + "|"
            + p.name()
            + "&1.2."
            + p.number(7)
            + "^ISO|R|"
            + p.name()
            + "|20240110120000+0800||ORU^R01|"
            + p.number(10)
            + "|P|2.5.1|||||"
            + "|"
            + (chinese ? "GB 18030-2000" : "UNICODE UTF-8")
            + "|||"
            + p.name());
    lines.add(
        "EVN|A01|20240110|||" + p.number(7) + "^" + p.name() + "^" + p.name() + "||" + p.name());
    lines.add(
        "PID|1|"
            + p.number(8)
            + "|"
            + mrn
            + "^^^"
            + p.name()
            + "^MR~"
            + p.number(9)
            + "^^^SSA^SS|"
            + p.number(8)
            + "|"
            + name
            + "&"
            + p.name()
            + "^"
            + p.name()
            + "^"
            + p.name()
            + "~"
            + p.name()
            + "^"
            + p.name()
            + "|"
            + p.name()
            + "|"
            + p.birthDate()
            + "|F|"
            + p.name()
            + "||"
            + p.street()
            + "^^"
            + p.name()
            + "^^"
            + p.number(6)
            + "||"
            + p.phone()
            + "~^PRN^Internet^"
            + p.name()
            + "@"
            + p.name()
            + ".org|"
            + p.phone()
            + "||||"
            + p.number(9)
            + "|"
            + p.number(9)
            + "|"
            + p.number(8)
            + "|"
            + p.number(8)
            + "||"
            + p.name());
    lines.add("PD1||||" + p.number(8) + "^" + p.name());
    lines.add("NK1|1|" + p.name() + "^" + p.name() + "|MTH|" + p.street() + "|" + p.phone());
    lines.add(
        "PV1|1|I|"
            + p.name()
            + "^1^2^"
            + p.name()
            + "|R||"
            + p.name()
            + "|"
            + p.number(8)
            + "^"
            + p.name()
            + "~"
            + p.number(8)
            + "^"
            + p.name()
            + "|"
            + p.name()
            + "^"
            + p.name()
            + "||MED|"
            + p.name()
            + "|||7||"
            + "|"
            + p.number(7)
            + "^"
            + p.name()
            + "||"
            + p.number(9)
            + "^^^"
            + p.name()
            + "|||||||||||||||||"
            + "01|||"
            + p.name()
            + "||||"
            + "|20240109|20240110");
    lines.add(
        "GT1|1|"
            + p.number(8)
            + "|"
            + p.name()
            + "^"
            + p.name()
            + "||"
            + p.street()
            + "|"
            + p.phone());
    lines.add(
        "IN1|1|"
            + p.number(7)
            + "|"
            + p.number(7)
            + "|"
            + p.name()
            + "||||||||||||"
            + p.name()
            + "^"
            + p.name()
            + "|||||||||||||||||||"
            + p.number(9));
    lines.add(
        "ORC|RE|"
            + p.number(9)
            + "^"
            + p.name()
            + "|"
            + p.number(9)
            + "^"
            + p.name()
            + "||CM||||20240110|"
            + p.name()
            + "^"
            + p.name()
            + "||"
            + p.number(8)
            + "^"
            + p.name()
            + "||"
            + p.phone()
            + "|||||||"
            + p.name()
            + "|"
            + p.street()
            + "|"
            + p.phone());
    lines.add(
        "OBR|1|"
            + p.number(9)
            + "|"
            + p.number(9)
            + "|"
            + p.clinical(p.oneOf(LOINC))
            + "^Panel of "
            + name
            + "^LN|||20240110|||"
            + p.number(7)
            + "^"
            + p.name()
            + "|||clinical "
            + p.name()
            + "|||"
            + p.number(8)
            + "^"
            + p.name()
            + "^"
            + p.name()
            + "|"
            + p.phone()
            + "|"
            + p.number(8)
            + "|||"
            + p.name());
    for (int i = 0; i < 3; i++) {
      lines.add(
          "OBX|1|NM|"
              + p.clinical(p.oneOf(LOINC))
              + "^Test^LN^"
              + p.name()
              + "^"
              + p.name()
              + "^99"
              + p.name()
              + "||"
              + p.measured()
              + "|mmol/L^^UCUM|3-5|H|||F|||20240110|"
              + p.name()
              + "|"
              + p.number(8)
              + "^"
              + p.name()
              + "||"
              + p.number(9)
              + "^"
              + p.name()
              + "|||||"
              + p.name()
              + "|"
              + p.street()
              + "|"
              + p.number(7)
              + "^"
              + p.name());
      lines.add(
          "OBX|2|CWE|"
              + p.clinical(p.oneOf(LOINC))
              + "^Finding^LN||"
              + p.clinical(p.oneOf(SNOMED))
              + "^Finding in "
              + p.oneOf(name, mrn)
              + "^SCT||||||F");
    }
    String type =
        p.oneOf("ST", "TX", "FT", "ED", "RP", "XPN", "XAD", "XCN", "XTN", "CX", "PPN", "");
    lines.add(
        "OBX|3|"
            + type
            + "|"
            + p.clinical("11506-3")
            + "^Note^LN||Patient "
            + p.name()
            + "^"
            + p.number(9)
            + "&"
            + p.name()
            + "~"
            + p.name()
            + " \\.br\\ "
            + p.name());
    lines.add("NTE|1||call " + p.name() + " at " + p.phone());
    lines.add(
        "DG1|1||"
            + p.clinical("I10")
            + "^Hypertension^I10|of "
            + p.name()
            + "|20240110|A||||||||||"
            + p.number(8)
            + "^"
            + p.name());
    lines.add("AL1|1|DA|" + p.clinical("1191") + "^Aspirin^RXNORM|SV|rash said " + p.name());
    lines.add(
        "RXA|0|1|20240110||"
            + p.clinical("08")
            + "^HepB^CVX|"
            + p.measured()
            + "|mL^^UCUM||^"
            + p.name()
            + "|"
            + p.number(7)
            + "^"
            + p.name()
            + "|"
            + p.name()
            + "^^^"
            + p.name()
            + "||||LOT"
            + p.number(7));
    lines.add(
        "PR1|1||"
            + p.clinical("76164006")
            + "^Biopsy^SCT||20240110||||"
            + "||"
            + p.number(7)
            + "^"
            + p.name());
    lines.add("ZPI|1|" + p.name() + "|" + p.number(9) + "^" + p.name() + "~" + p.phone());
    lines.add("QQQ|" + p.name());
    String text = String.join(p.oneOf("\r", "\n", "\r\n"), lines);
    if (!delimiters[0].equals("|")) {
      text =
          text.replace("#", "").replace("*", "").replace("$", "").replace("!", "").replace("@", "");
      text =
          text.replace("|", "#")
              .replace("^", "*")
              .replace("~", "$")
              .replace("\\", "!")
              .replace("&", "@");
    }
    return text.getBytes(chinese ? Charset.forName("GB18030") : StandardCharsets.UTF_8);
  }
}
