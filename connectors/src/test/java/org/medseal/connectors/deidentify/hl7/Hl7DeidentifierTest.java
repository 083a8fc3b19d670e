package org.medseal.connectors.deidentify.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.deidentify.DeidFixture.LOCAL;
import static org.medseal.connectors.deidentify.DeidFixture.STRICT;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Outcome;

class Hl7DeidentifierTest extends Hl7Case {
  @Test
  void aResultKeepsItsMedicineAndLosesItsPeople() {
    Hl7Message out =
        released(
            MSH,
            PID,
            "PV1|1|I|W3^12^A^Nordklinik||||1234567^Stein^Gertrude|||MED||||7|||||V5566778",
            "OBR|1|A998877^HIS|F665544^LIS|2345-7^Glucose^LN|||202401101130",
            "OBX|1|NM|2345-7^Glucose^LN||5.43|mmol/L^^UCUM|3.9-5.8|N|||F|||20240110113000||77^Stein^Gertrude",
            "NTE|1||Frau Testperson war nüchtern");
    assertThat(segment(out, "OBX"))
        .startsWith("OBX|1|NM|2345-7^Glucose^LN||5.43|mmol/L^^UCUM|3.9-5.8|N|||F|||")
        .doesNotContain("Stein");
    assertThat(segment(out, "PV1")).startsWith("PV1|1|I||||||||MED||||7|||||");
    assertThat(segment(out, "PID")).matches("PID\\|1\\|\\|[0-9a-f]{64}\\|\\|\\|\\|1958\\|F");
    assertThat(segment(out, "MSH"))
        .startsWith("MSH|^~\\&|MEDSEAL|MEDSEAL|MEDSEAL|MEDSEAL|")
        .endsWith("|P|2.5.1||||||UNICODE UTF-8");
    assertThat(out.all("NTE")).isEmpty();
  }

  @Test
  void unknownSegmentsAndUnknownFieldsAreDropped() {
    Hl7Message out =
        released(MSH, PID, "ZPD|1|anything", "XYZ|1|anything", "NK1|1|Any^Body", "QQQ|x");
    assertThat(out.segments()).extracting(Segment::name).containsExactly("MSH", "PID");
    assertThat(out.render()).doesNotContain("anything", "Musterstadt");
  }

  @Test
  void datesMoveByOneOffsetPerPatient() {
    Hl7Message a = released(MSH, PID, "EVN|A01|20240101||||20240111");
    Hl7Message b =
        released(
            MSH, PID.replace("Walburga", "W."), "EVN|A01|20240101", "DG1|1||I10^x^I10||20240111");
    String first = a.all("EVN").get(0).field(2).first().text(1);
    assertThat(b.all("EVN").get(0).field(2).first().text(1))
        .isEqualTo(first)
        .isNotEqualTo("20240101");
    assertThat(days(a.all("EVN").get(0).field(6).first().text(1)) - days(first)).isEqualTo(10);
    assertThat(days(b.all("DG1").get(0).field(5).first().text(1)) - days(first)).isEqualTo(10);
    Hl7Message other = released(MSH, PID.replace("48151623", "48151624"), "EVN|A01|20240101");
    assertThat(other.all("EVN").get(0).field(2).first().text(1)).isNotEqualTo(first);
  }

  private static long days(String date) {
    return java.time.LocalDate.parse(date, java.time.format.DateTimeFormatter.BASIC_ISO_DATE)
        .toEpochDay();
  }

  @Test
  void aMessageWithoutPatientIsNoRecord() {
    assertThat(outcome(STRICT, MSH.replace("ORU^R01^ORU_R01", "ACK"), "MSA|AA|1"))
        .isEqualTo(new Outcome.NotARecord("ACK"));
  }

  @Test
  void brokenMessagesAreUnparsable() {
    for (String text :
        List.of("", "hello", "PID|1||1", "MSH", "MSH|^^^^|", MSH + "\rPID|1||1\r" + MSH)) {
      assertThat(shipped.deidentify(bytes(text), LOCAL))
          .as(text)
          .isInstanceOf(Outcome.Quarantined.class);
    }
  }

  @Test
  void agesFromNinetyAmongTheResultsAreOneGroup() {
    Hl7Message out =
        released(
            MSH,
            PID,
            "OBX|1|NM|30525-0^Age^LN||97|a^^UCUM",
            "OBX|2|NM|30525-0^Age^LN||97|mo^^UCUM",
            "OBX|3|SN|21612-7^Age^LN||>^101",
            "OBX|4|NM|29553-5^Age^LN||41|a",
            "OBX|5|CE|29553-5^Age^LN||97^^L",
            "OBX|6|NM|21611-9^Age^LN||98|a",
            "OBX|7|NM|424144002^Age^SCT||99|a",
            "OBX|8|NM|35659-2^Age at specimen collection^LN||94|a",
            "OBX|9|NM|63900-5^Current age or age at death^LN||>89|a");
    assertThat(out.all("OBX"))
        .extracting(s -> s.field(5).render(out.delimiters()))
        .containsExactly("90", "97", ">^90", "41", "", "90", "90", "90", "");
  }

  @Test
  void aDateOfBirthKeepsItsYearWhereverItStands() {
    Hl7Message out =
        released(
            MSH,
            PID,
            "DG1|1||I10^^I10||19580912",
            "OBX|1|NM|21112-8^Birth date^LN||19580912",
            "OBX|2|TX|21112-8^Birth date^LN||19580912");
    assertThat(segment(out, "DG1")).endsWith("|1958");
    assertThat(out.all("OBX"))
        .extracting(s -> s.field(5).first().text(1))
        .containsExactly("1958", "1958");
  }

  @Test
  void aBirthDateAmongTheResultsBecomesAYear() {
    Hl7Message out = released(MSH, PID, "OBX|1|DT|21112-8^Birth date^LN||19580912");
    assertThat(segment(out, "OBX")).endsWith("||1958");
  }

  @Test
  void theReportCountsRulesAndHoldsNoValue() {
    DeidentifiedRecord record = DeidFixture.record(outcome(STRICT, MSH, PID, "NTE|1||Testperson"));
    assertThat(record.report().ruleSetId()).startsWith("medseal-hl7v2-");
    assertThat(record.report().counts()).containsEntry("PID drop", 2).containsEntry("NTE drop", 2);
    assertThat(record.report().toString() + record).doesNotContain("Testperson", "48151623");
  }

  @Test
  void agesFromNinetyAreOneGroupAtTheTimeOfTheMessage() {
    assertThat(
            released(MSH, PID.replace("19580912", "19120101"))
                .all("PID")
                .get(0)
                .field(7)
                .first()
                .text(1))
        .isEqualTo("1934");
  }
}
