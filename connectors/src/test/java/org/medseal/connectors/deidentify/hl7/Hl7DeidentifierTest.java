package org.medseal.connectors.deidentify.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.deidentify.DeidFixture.LOCAL;
import static org.medseal.connectors.deidentify.DeidFixture.STRICT;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.UnlistedAuthority;

class Hl7DeidentifierTest {

  private static final String MSH =
      "MSH|^~\\&|APP|Nordklinik|RCV|Suedklinik|20240110120000+0800||ORU^R01^ORU_R01|CTRL778899|P|2.5.1";
  private static final String PID =
      "PID|1||48151623^^^HOSP1^MR||Testperson^Walburga||19580912|F|||12 Lindenweg^^Musterstadt";

  private final Deidentifier shipped = DeidFixture.shipped(Format.HL7V2);

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
  void anUnlistedAuthorityIsQuarantinedUnlessTheFeedTakesItAsLocal() {
    String pid = PID.replace("HOSP1", "SOMEWHERE");
    assertThat(outcome(STRICT, MSH, pid))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNKNOWN_AUTHORITY, "PID-3"));
    DeidentifiedRecord record = DeidFixture.record(outcome(LOCAL, MSH, pid));
    assertThat(record.identifiers().get(0).authority()).isEqualTo("SOMEWHERE");
    assertThat(record.taggable()).isEmpty();
  }

  @Test
  void oneListedIdentifierIsEnough() {
    String pid = PID.replace("48151623^^^HOSP1^MR", "9^^^SOMEWHERE^MR~48151623^^^HOSP1^MR");
    assertThat(DeidFixture.record(outcome(STRICT, MSH, pid)).identifiers()).hasSize(1);
  }

  @Test
  void theFirstAuthorityOfTheListMakesThePseudonymAndNationalOnesAreTaggable() {
    String pid =
        PID.replace(
            "48151623^^^HOSP1^MR",
            "48151623^^^HOSP1^MR~123-45-6789^^^SSA^SS~11010519491231002X^^^&2.16.156.10011.1.3&ISO^NI");
    DeidentifiedRecord record = DeidFixture.record(outcome(STRICT, MSH, pid));
    assertThat(record.taggable()).hasSize(2);
    assertThat(record.patient()).isEqualTo(record.taggable().get(0));
    assertThat(record.identifiers())
        .extracting(i -> i.idType())
        .containsExactly("NNCHN", "SS", "MR");
    assertThat(record.patient().keyVersion()).isEqualTo(1);
  }

  @Test
  void anIdentifierWithoutAuthorityTakesTheFeedsDefault() {
    String pid = PID.replace("^^^HOSP1^MR", "");
    FeedPolicy feed =
        new FeedPolicy(
            "f",
            Optional.of("HOSP1"),
            UnlistedAuthority.QUARANTINE,
            Optional.empty(),
            Optional.empty());
    assertThat(DeidFixture.record(outcome(feed, MSH, pid)).identifiers())
        .isEqualTo(DeidFixture.record(outcome(STRICT, MSH, PID)).identifiers());
    assertThat(outcome(STRICT, MSH, pid)).isInstanceOf(Outcome.Quarantined.class);
    assertThat(DeidFixture.record(outcome(LOCAL, MSH, pid)).identifiers().get(0).authority())
        .isEqualTo("urn:medseal:feed:lab");
  }

  @Test
  void twoPatientsInOneMessageAreAmbiguousAndOnePatientTwiceIsNot() {
    assertThat(outcome(STRICT, MSH, PID, PID.replace("48151623", "48151624")))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.AMBIGUOUS_PATIENT, "PID"));
    assertThat(outcome(STRICT, MSH, PID, PID)).isInstanceOf(Outcome.Released.class);
    assertThat(outcome(STRICT, MSH, PID, "PID|2||||Andere^Person"))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.AMBIGUOUS_PATIENT, "PID"));
    String family = "~77^^^INSURER^MB";
    assertThat(
            outcome(
                STRICT,
                MSH,
                PID.replace("^MR", "^MR" + family),
                PID.replace("48151623", "48151624").replace("^MR", "^MR" + family)))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.AMBIGUOUS_PATIENT, "PID"));
  }

  @Test
  void aMergeKeepsThePairOfPseudonyms() {
    Hl7Message out = released(MSH, PID, "MRG|48151600^^^HOSP1^MR||77|||||Alt^Name");
    Hl7Message prior = released(MSH, PID.replace("48151623", "48151600"));
    assertThat(out.all("MRG").get(0).field(1).first().text(1))
        .isEqualTo(prior.all("PID").get(0).field(3).first().text(1));
    assertThat(segment(out, "MRG")).doesNotContain("Alt", "77|");
  }

  @Test
  void aMessageWithoutPatientIsNoRecord() {
    assertThat(outcome(STRICT, MSH.replace("ORU^R01^ORU_R01", "ACK"), "MSA|AA|1"))
        .isEqualTo(new Outcome.NotARecord("ACK"));
  }

  @Test
  void aPatientWithoutNumberIsQuarantined() {
    assertThat(outcome(LOCAL, MSH, "PID|1||\"\"||Testperson^Walburga"))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.NO_PATIENT_IDENTIFIER, "PID-3"));
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
  void customDelimitersHideNothing() {
    String text =
        "MSH#*$!@#APP#Nordklinik#R#S#20240110##ADT*A01#1#P#2.3\nPID#1##48151623***HOSP1*MR$9***X*MR##Testperson*Walburga\n"
            + "OBX#1#CE#718-7*Hemoglobin*LN##260373001*Detected*SCT$A!S!B*Testperson*99L";
    String out = DeidFixture.text(shipped.deidentify(bytes(text), STRICT));
    assertThat(out)
        .startsWith("MSH#*$!@#MEDSEAL#")
        .contains("260373001*Detected*SCT$")
        .doesNotContain("Testperson", "A!S!B");
  }

  @Test
  void escapedSubcomponentNamesAreFoundInDisplayTexts() {
    Hl7Message out =
        released(
            MSH,
            PID.replace("Testperson^Walburga", "van&Testper\\T\\son^Walburga"),
            "OBX|1|CE|718-7^Hb of Testper\\T\\son^LN||260373001^seen by \\X57616C6275726761\\^SCT");
    assertThat(segment(out, "OBX")).isEqualTo("OBX|1|CE|718-7^^LN||260373001^^SCT");
  }

  @Test
  void aDisplayTextIsDroppedBeforeAnythingIsQuarantined() {
    Hl7Message out =
        released(
            MSH,
            PID.replace("Testperson", "White"),
            "OBX|1|NM|6690-2^White blood cells^LN||6.1|10*3/uL^^UCUM");
    assertThat(segment(out, "OBX")).isEqualTo("OBX|1|NM|6690-2^^LN||6.1|10*3/uL^^UCUM");
  }

  @Test
  void aShortNameInADisplayTextIsSeenToo() {
    Hl7Message out =
        released(
            MSH,
            PID.replace("Testperson^Walburga", "LI^NA"),
            "OBX|1|NM|2345-7^Glucose lina^LN||5.4|mmol/L^^UCUM",
            "OBX|2|NM|2345-7^Glucose Li^LN||5.4|mmol/L^^UCUM");
    assertThat(out.render()).doesNotContain("Glucose").contains("2345-7^^LN");
  }

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
  void agesFromNinetyAmongTheResultsAreOneGroup() {
    Hl7Message out =
        released(
            MSH,
            PID,
            "OBX|1|NM|30525-0^Age^LN||97|a^^UCUM",
            "OBX|2|NM|30525-0^Age^LN||97|mo^^UCUM",
            "OBX|3|SN|21612-7^Age^LN||>^101",
            "OBX|4|NM|29553-5^Age^LN||41|a",
            "OBX|5|CE|29553-5^Age^LN||97^^L");
    assertThat(out.all("OBX"))
        .extracting(s -> s.field(5).render(out.delimiters()))
        .containsExactly("90", "97", ">^90", "41", "");
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
  void aDoubledBackslashInMsh2LeavesTheSubcomponentDelimiter() {
    Hl7Message out =
        released(
            MSH.replace("|^~\\&|", "|^~\\\\&|"),
            PID.replace("HOSP1^MR", "x&urn:medseal:demo:hospital-1&ISO^MR"));
    assertThat(out.delimiters().subcomponent()).isEqualTo('&');
    assertThat(out.render()).startsWith("MSH|^~\\&|");
  }

  @Test
  void identityInAResultThatCannotBeDroppedIsQuarantinedWithItsPath() {
    assertThat(
            outcome(
                STRICT,
                MSH,
                PID.replace("48151623", "4815162"),
                "OBX|1|NM|2345-7^Glucose^LN||4815162"))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.RESIDUAL_IDENTITY, "OBX[1]-5.1"));
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

  @Test
  void aBirthDateAmongTheResultsBecomesAYear() {
    Hl7Message out = released(MSH, PID, "OBX|1|DT|21112-8^Birth date^LN||19580912");
    assertThat(segment(out, "OBX")).endsWith("||1958");
  }

  @Test
  void everyCharacterSetIsReadWholeOrNotAtAll() {
    String pid = PID.replace("Testperson^Walburga", "王^小东");
    Charset gb = Charset.forName("GB18030");
    String declared = MSH + "||||||GB 18030-2000";
    assertThat(shipped.deidentify((declared + "\r" + pid).getBytes(gb), STRICT))
        .isInstanceOf(Outcome.Released.class);
    assertThat(shipped.deidentify((MSH + "\r" + pid).getBytes(StandardCharsets.UTF_8), STRICT))
        .isInstanceOf(Outcome.Released.class);
    assertThat(shipped.deidentify((MSH + "\r" + pid).getBytes(gb), STRICT))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNKNOWN_CHARSET, "MSH-18"));
    FeedPolicy chinese =
        new FeedPolicy(
            "f", Optional.empty(), UnlistedAuthority.QUARANTINE, Optional.of(gb), Optional.empty());
    assertThat(shipped.deidentify((MSH + "\r" + pid).getBytes(gb), chinese))
        .isInstanceOf(Outcome.Released.class);
    byte[] wrong = (MSH + "||||||UNICODE UTF-8\r" + pid).getBytes(gb);
    assertThat(shipped.deidentify(wrong, STRICT)).isInstanceOf(Outcome.Quarantined.class);
  }

  @Test
  void aByteInsideAChineseCharacterIsNoDelimiter() {
    // 0x7C, the second byte of some GB18030 characters, is '|' in ASCII.
    Charset gb = Charset.forName("GB18030");
    String name = new String(new byte[] {(byte) 0x81, 0x7C, (byte) 0x81, 0x5E}, gb);
    String msh = MSH.replace("Nordklinik", name) + "||||||GB 18030-2000";
    String pid = PID.replace("Testperson^Walburga", name + "^" + name);
    Outcome outcome = shipped.deidentify((msh + "\r" + pid).getBytes(gb), STRICT);
    assertThat(DeidFixture.text(outcome)).contains("UNICODE UTF-8").doesNotContain(name);
  }

  @Test
  void lineEndsAndAByteOrderMarkDoNotMatter() {
    String expected = text(STRICT, MSH, PID, "DG1|1||I10^x^I10");
    String body = String.join("\n", MSH, PID, "DG1|1||I10^x^I10");
    for (String text :
        List.of(
            "\uFEFF" + body,
            body.replace("\n", "\r\n") + "\r\n",
            body + "\n\n",
            "\u000b" + body.replace("\n", "\r") + "\r\u001c\r")) {
      assertThat(DeidFixture.text(shipped.deidentify(bytes(text), STRICT))).isEqualTo(expected);
    }
  }

  @Test
  void aLineFeedWithinATextHidesNoSegment() {
    Hl7Message out =
        released(MSH, PID, "OBX|1|TX|718-7^^LN||first\nTestperson second|||||F", "DG1|1||I10^^I10");
    assertThat(out.segments())
        .extracting(Segment::name)
        .containsExactly("MSH", "PID", "OBX", "DG1");
    assertThat(out.render()).doesNotContain("Testperson", "second");
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

  private Outcome outcome(FeedPolicy policy, String... segments) {
    return shipped.deidentify(bytes(String.join("\r", segments)), policy);
  }

  private String text(FeedPolicy policy, String... segments) {
    return DeidFixture.text(outcome(policy, segments));
  }

  private Hl7Message released(String... segments) {
    return Hl7Message.parse(text(STRICT, segments), StandardCharsets.UTF_8).orElseThrow();
  }

  private static String segment(Hl7Message message, String name) {
    return message.all(name).get(0).render(message.delimiters());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
