package org.medseal.connectors.deidentify.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Hl7CodedValuesTest extends Hl7Case {
  @Test
  void onlyWordsOfTheFieldsTableStayWithoutACodeSystem() {
    Hl7Message out =
        released(
            MSH.replace("|P|2.5.1", "|Stein7|2.5.1").replace("ORU_R01", "STEINHAUER"),
            PID,
            "PV1|1|I||||||||STEIN4711");
    assertThat(out.render()).doesNotContainIgnoringCase("Stein").contains("|ORU^R01|");
    assertThat(segment(out, "PV1")).matches("PV1\\|1\\|I(\\|){8}[0-9a-f]{32}\\^\\^L");
  }

  @Test
  void aTableOfPlacesOrANameAfterHl7IsNoPublicSystem() {
    Hl7Message out =
        released(
            MSH,
            PID,
            "OBX|1|CE|718-7^^LN||STEIN^^HL70010",
            "OBX|2|CE|718-7^^LN||STEIN^^HL7STEIN",
            "OBX|3|CE|718-7^^LN||ABC^^HL70078");
    assertThat(out.render()).doesNotContain("STEIN").contains("ABC^^HL70078");
  }

  @Test
  void localCodesOfTwoPatientsDoNotLinkThem() {
    String obx = "OBX|1|NM|GLU^Glukose^99NK||5.4|mg";
    Hl7Message one = released(MSH, PID, obx, obx);
    Hl7Message two = released(MSH, PID.replace("48151623", "48151624"), obx);
    assertThat(segment(one, "OBX")).isEqualTo(one.all("OBX").get(1).render(one.delimiters()));
    assertThat(segment(one, "OBX")).isNotEqualTo(segment(two, "OBX"));
  }

  @Test
  void longNumbersAreNeitherResultsNorRanges() {
    Hl7Message out =
        released(
            MSH,
            PID,
            "OBX|1|NM|718-7^^LN||12345678|mm Hg|1234567",
            "OBX|2|NM|718-7^^LN||5.4|pack years|3.9 - 5.8",
            "OBX|3|NM|718-7^^LN||5.4|Ann Lee|555-01-42",
            "OBX|4|NM|718-7^^LN||5.4||Negative");
    assertThat(out.all("OBX"))
        .extracting(
            s ->
                s.field(5).first().text(1)
                    + ";"
                    + s.field(6).first().text(1)
                    + ";"
                    + s.field(7).first().text(1))
        .containsExactly(";mm Hg;", "5.4;pack years;3.9 - 5.8", "5.4;;", "5.4;;Negative");
  }

  @Test
  void medicalDeviceCodesArePublic() {
    Hl7Message out = released(MSH, PID, "OBX|1|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC||97|%");
    assertThat(segment(out, "OBX")).startsWith("OBX|1|NM|150456^");
  }

  @Test
  void localCodesAreKeyedWithoutText() {
    Hl7Message out = released(MSH, PID, "OBX|1|NM|GLU-NK^Glukose Nordklinik^99NK||5.4|mg");
    assertThat(segment(out, "OBX")).matches("OBX\\|1\\|NM\\|[0-9a-f]{32}\\^\\^L\\|\\|5\\.4\\|mg");
  }

  @Test
  void aNumberUnderAPublicNameIsALocalCode() {
    Hl7Message out = released(MSH, PID, "OBX|1|CE|718-7^^LN||ABTEILUNG-7^x^LN");
    assertThat(segment(out, "OBX"))
        .matches("OBX\\|1\\|CE\\|718-7\\^\\^LN\\|\\|[0-9a-f]{32}\\^\\^L");
  }

  @Test
  void aWordOfTheVocabularyThatIsANameHereIsDropped() {
    Hl7Message out =
        released(
            MSH,
            PID.replace("Walburga", "Amber"),
            "OBX|1|ST|5778-6^Color^LN||Amber||||||F",
            "OBX|2|CE|5778-6^Color^LN||AM^Amber^99LAB||||||F",
            "OBX|3|CE|5778-6^Color^LN||Amber||||||F",
            "OBX|4|ST|5778-6^Color^LN||Yellow||||||F");
    assertThat(out.render()).doesNotContain("Amber").contains("||Yellow|");
  }

  @Test
  void textsStayOnlyWhenTheyAreInTheVocabularyOrNumbers() {
    Hl7Message out =
        released(
            MSH,
            PID,
            "OBX|1|ST|718-7^^LN||Positive",
            "OBX|2|ST|718-7^^LN||<0.5",
            "OBX|3|ST|718-7^^LN||see letter",
            "OBX|4|TX|718-7^^LN||see letter~of today",
            "OBX|5|FT|718-7^^LN||阳性",
            "OBX|6|XPN|718-7^^LN||Any^One",
            "OBX|7|ED|718-7^^LN||a^b^c^Base64^QUJD",
            "OBX|8||718-7^^LN||x",
            "OBX|9|ST|718-7^^LN||1234567");
    assertThat(out.all("OBX"))
        .extracting(s -> s.field(5).render(out.delimiters()))
        .containsExactly("Positive", "<0.5", "", "", "阳性", "", "", "", "");
  }
}
