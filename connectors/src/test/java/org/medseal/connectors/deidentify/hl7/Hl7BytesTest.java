package org.medseal.connectors.deidentify.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.deidentify.DeidFixture.STRICT;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.connectors.hl7ack.CharsetNames;

class Hl7BytesTest extends Hl7Case {
  @Test
  void textAfterABareSegmentNameIsNoMessage() {
    assertThat(outcome(STRICT, MSH, PID, "ZZZ", "free text about nobody knows whom"))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNPARSABLE, "MSH"));
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
  void aDoubledBackslashInMsh2LeavesTheSubcomponentDelimiter() {
    Hl7Message out =
        released(
            MSH.replace("|^~\\&|", "|^~\\\\&|"),
            PID.replace("HOSP1^MR", "x&urn:medseal:demo:hospital-1&ISO^MR"));
    assertThat(out.delimiters().subcomponent()).isEqualTo('&');
    assertThat(out.render()).startsWith("MSH|^~\\&|");
  }

  @ParameterizedTest
  @ValueSource(strings = {"^~&", "^~ &"})
  void aMissingEscapeCharacterIsTheUsualOne(String msh2) {
    Hl7Message out =
        released(
            MSH.replace("^~\\&", msh2),
            PID.replace("HOSP1^MR", "x&urn:medseal:demo:hospital-1&ISO^MR"),
            "OBX|1|NM|2345-7^^LN||5|10\\S\\9/L");
    assertThat(out.render()).startsWith("MSH|^~\\&|").contains("||5|10\\S\\9/L");
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

  @ParameterizedTest
  @CsvSource({
    "8859/1,ÄÖÜß",
    "8859/2,Łódź",
    "8859/3,Ġorġ",
    "8859/4,Ķēniņš",
    "8859/5,Иванова",
    "8859/6,فاطمة",
    "8859/7,Παπαδοπούλου",
    "8859/8,אברהם",
    "8859/9,Gülşen",
    "8859/15,Œuvré",
    "BIG-5,陳大文",
    "KS X 1001,김영희",
    "ISO IR14,山田花子",
    "~ISO IR87,山田花子",
    "ISO IR14~ISO IR87,山田花子",
    "ASCII~ISO IR87,山田花子"
  })
  void namesInEveryDeclaredCharacterSetAreSeenByTheScan(String declared, String name) {
    Charset charset = CharsetNames.find(declared.replaceFirst(".*~", "")).orElseThrow();
    String msh = MSH + "||||||" + declared;
    String pid = PID.replace("Testperson", name);
    String coded = "OBX|1|CWE|718-7^Result of " + name + "^LN||260373001^" + name + "^SCT||||||F";
    String out =
        DeidFixture.text(
            shipped.deidentify(String.join("\r", msh, pid, coded).getBytes(charset), STRICT));
    assertThat(out).contains("718-7", "260373001").doesNotContain(name).doesNotContain("\uFFFD");
  }

  /** Senders write the name of the set that theirs grew out of. */
  @ParameterizedTest
  @CsvSource({
    "GB2312,GB18030,朱镕喆",
    "GBK,GB18030,㐀女",
    "ISO IR14,windows-31j,髙﨑花子",
    "KS X 1001,x-windows-949,똠방각하"
  })
  void aWiderCharacterSetIsReadUnderTheNameOfItsNarrowerOne(
      String declared, String written, String name) {
    String obx = "OBX|1|ST|5196-1^HBsAg " + name + "^LN||Negative||||||F";
    byte[] message =
        String.join("\r", MSH + "||||||" + declared, PID.replace("Testperson", name), obx)
            .getBytes(Charset.forName(written));
    assertThat(DeidFixture.text(shipped.deidentify(message, STRICT)))
        .contains("5196-1^^LN||Negative")
        .doesNotContain(name);
  }

  @Test
  void aCharacterSetNobodyKnowsIsAGuessOnlyForPlainLetters() {
    String msh = MSH + "||||||8859/12";
    assertThat(shipped.deidentify(bytes(msh + "\r" + PID), STRICT))
        .isInstanceOf(Outcome.Released.class);
    byte[] welsh = (msh + "\r" + PID.replace("Walburga", "Siân")).getBytes(StandardCharsets.UTF_8);
    assertThat(shipped.deidentify(welsh, STRICT))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNKNOWN_CHARSET, "MSH-18"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"IS", "DEU", "EN", "en-US"})
  void aCountryInThePlaceOfTheCharacterSetDeclaresNone(String country) {
    String pid = PID.replace("Testperson", "Þorsteinsdóttir");
    String message = MSH + "||||||" + country + "\r" + pid;
    assertThat(DeidFixture.text(shipped.deidentify(bytes(message), STRICT)))
        .contains("UNICODE UTF-8")
        .doesNotContain("steinsd");
    assertThat(shipped.deidentify(message.getBytes(StandardCharsets.ISO_8859_1), STRICT))
        .isEqualTo(new Outcome.Quarantined(QuarantineReason.UNKNOWN_CHARSET, "MSH-18"));
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
}
