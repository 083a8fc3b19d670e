package org.medseal.connectors.deidentify.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.Planted;

/** An invented identity in every field of every segment, one at a time. */
class Hl7AnywhereTest {

  private final Deidentifier shipped = DeidFixture.shipped(Format.HL7V2);

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
}
