package org.medseal.connectors.deidentify.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.connectors.deidentify.DeidFixture.LOCAL;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Identity where nobody expects it, and nowhere else in the message: no last gate knows it, so the
 * rules alone must take it. Each line is one segment; what must go is marked with braces.
 */
class Hl7AdversaryTest extends Hl7Case {

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Texts and identifiers as results, whatever type they are said to be.
        "OBX|1|CE|X^Y^99LAB||{Zyprian}^Zyprian^99LAB||||||F",
        "OBX|1|CE|2345-7^Glucose^LN||{Zyprian}^^LN||||||F",
        "OBX|1|CWE|2345-7^Glucose^LN||L1^x^99LAB^^^^^^{Zyprian} said so||||||F",
        "OBX|1|CWE|2345-7^^LN||1^^L^2^^L^v1^v2^text^3^{Zyprian}^L||||||F",
        "OBX|1|HD|X^Y^99LAB||{Zyprian}^1.2.276.0.76.4^ISO||||||F",
        "OBX|1|EI|X^Y^99LAB||{Zyprian}^Zyprian||||||F",
        "OBX|1|CX|X^Y^99LAB||{880071234}^^^HOSPX^MR||||||F",
        "OBX|1|XPN|X^Y^99LAB||{Zyprian}^Otto||||||F",
        "OBX|1|XAD|X^Y^99LAB||{Rosenallee} 5^^Hintertupfing||||||F",
        "OBX|1|XTN|X^Y^99LAB||^PRN^PH^^49^89^{8800712}||||||F",
        "OBX|1|XCN|X^Y^99LAB||1^{Zyprian}||||||F",
        "OBX|1|XON|X^Y^99LAB||{Rosenklinik}||||||F",
        "OBX|1|RP|X^Y^99LAB||//{rosenklinik}/a.pdf^APP||||||F",
        "OBX|1|ED|X^Y^99LAB||^TEXT^^A^{Zyprian}||||||F",
        "OBX|1|ST|X^Y^99LAB||{Zyprian}||||||F",
        "OBX|1|FT|X^Y^99LAB||Positive\\.br\\{Zyprian}||||||F",
        "OBX|1|TX|X^Y^99LAB||Positive~{Zyprian}||||||F",
        "OBX|1|ST|X^Y^99LAB||{880071234}||||||F",
        "OBX|1|ST|X^Y^99LAB||\\X5A797072\\{ian}||||||F",
        "OBX|1||X^Y^99LAB||{Zyprian}||||||F",
        "OBX|1|ZZ|X^Y^99LAB||{Zyprian}||||||F",
        "OBX|1|NM|X^Y^99LAB||{880071234}||||||F",
        "OBX|1|SN|X^Y^99LAB||^{811228}^-^9874||||||F",
        "OBX|1|SN|X^Y^99LAB||^{736028}^/^5163||||||F",
        "OBX|1|CQ|X^Y^99LAB||{880071234}^{Zyprian}||||||F",
        "OBX|1|TM|X^Y^99LAB||{19580912}||||||F",
        "OBX|1|DT|X^Y^99LAB||{Zyprian}||||||F",
        "OBX|1|CE|2345-7^^LN||NEG^{Zyprian}^99LAB||||||F",
        "OBX|1|CWE|2345-7^^LN||^{Zyprian}||||||F",
        "OBX|1|ST|X^Y^99LAB||{555-1042}||||||F",
        "OBX|1|ST|X^Y^99LAB||{09-12}||||||F",
        "OBX|1|ST|X^Y^99LAB||{10.03-14.03}||||||F",
        "OBX|1|NM|X^Y^99LAB||<{880071234}||||||F",
        "OBX|1|NA|X^Y^99LAB||1^{880071234}||||||F",
        "OBX|1|NA|X^Y^99LAB||1^{Zyprian}||||||F",
        "OBX|1|NR|X^Y^99LAB||1^2&{8800712}||||||F",
        // Fields beside the result.
        "OBX|1|NM|2345-7^^LN||5|U1^{Zyprian}^MDIL|||||F",
        "OBX|1|NM|2345-7^^LN||5|{12/09/58}|||||F",
        "OBX|1|NM|2345-7^^LN||5|{555-104-223}|||||F",
        "OBX|1|NM|2345-7^^LN|{20240110}|5||||||F",
        "OBX|1|NM|2345-7^^LN|{Zyprian}|5||||||F",
        "OBX|1|NM|2345-7^^LN||5|{Zyprian}|||||F",
        "OBX|1|NM|2345-7^^LN||5|{Zyprian}^^UCUM|||||F",
        "OBX|1|NM|2345-7^^LN||5|mmol/L/{Zyprian}|||||F",
        "OBX|1|NM|2345-7^^LN||5|mg{Zyprian}^^UCUM|||||F",
        "OBX|1|NM|2345-7^^LN||5|mmol/L^^{Rosenklinik}|||||F",
        "OBX|1|NM|2345-7^^LN||5|mmol/L|{811228-9874}||||F",
        "OBX|1|NM|2345-7^^LN||5|mmol/L|{Zyprian}||||F",
        "OBX|1|NM|2345-7^^LN||5|mmol/L||{Zyprian}|||F",
        "OBX|1|NM|2345-7^^LN||5||||||F|||20240110|{Rosenklinik}|1^{Zyprian}|M^x^{Rosenklinik}|DEV^{Rosenklinik}",
        // Codes that are none.
        "OBX|1|CE|2345-7^^LN||{ZYPRIAN}^^I10||||||F",
        "OBX|1|CE|2345-7^^LN||{19580912}^^I10||||||F",
        "OBX|1|CE|2345-7^^LN||{19580912}^^RXNORM||||||F",
        "OBX|1|CE|2345-7^^LN||{8800712345}^^SCT||||||F",
        "OBX|1|CE|2345-7^^LN||{Zyprian}^^CPT||||||F",
        "OBX|1|CE|2345-7^^LN||{555-123-4567}^^HL70001||||||F",
        "OBX|1|CE|{7654321-6}^x^LN||5||||||F",
        "DG1|1||{Zyprian}^Zyprian^I10|||A",
        "DG1|1||J18.9^Pneumonie bei Herrn {Zyprian}^I10|{Zyprian} hustet||A",
        "AL1|1|DA|{Zyprian}^Zyprian^L|MO|{Zyprian}",
        "PV2|||{Zyprian}^Zyprian^99ZZ",
        "PV1|1|I|{Rosenstation}^12^3^{Rosenklinik}|||{Rosenstation}|1^{Zyprian}^Otto|||CAR",
        "OBR|1|{880071234}^LAB|F1^{Rosenklinik}|2345-7^Glucose^LN||||||||{Zyprian} Diabetes||BLD^{Zyprian}|1^{Zyprian}^Otto|089 {8800712}",
        "ORC|RE|{880071234}^LAB|F1||||1^^^20240101^^R^^{Zyprian}||20240110|1^{Zyprian}|||{Rosenstation}",
        "NTE|1|L|{Zyprian}, bitte anrufen",
        "ZPI|1|{Zyprian}",
        "FHR|{Zyprian}",
        "OBX",
        "SPM|1|A&{Rosenklinik}^B||BLD^{Zyprian}^L|||||||||||{Zyprian}",
        "PRT|1|UC|x|AP^x^L|1^{Zyprian}",
        "PD1|||{Rosenklinik}^^1|1^{Zyprian}",
        "CON|1|{Zyprian}",
        "TXA|1|CN|TX|20240101|1^{Zyprian}|||||1^{Zyprian}||{880071234}^LAB|||x.{Zyprian}.pdf",
        "RXA|0|1|20240101|20240101|08^HepB^CVX|1|{Zyprian}||00^x^NIP001|1^{Zyprian}|^^^{Rosenklinik}||||LOT{8800712}",
        "RXA|0|1|20240101|20240101|08^HepB^CVX|1|mL||{Zyprian} came late^{Zyprian}",
        "SCH|{880071234}^A|||||R^{Zyprian}^L|||30|min|^^30^20240101|1^{Zyprian}",
        "IN1|1|{Rosenkasse}|{880071234}|{Rosenkasse}",
        "PID|1||\\T\\{8800}\\S\\712^^^HOSP1^MR||Zyprian",
        "{ZYP}|Zyprian",
      })
  void isGone(String marked) {
    String line = marked.replaceAll("[{}]", "");
    boolean patient = line.startsWith("PID");
    String text =
        text(LOCAL, MSH, patient ? line : PID, patient ? "NTE|1||x" : line)
            .replace("\\", "")
            .toLowerCase(Locale.ROOT);
    for (String part : marked.split("\\{", -1)) {
      int end = part.indexOf('}');
      if (end > 0) {
        assertThat(text).as(marked).doesNotContain(part.substring(0, end).toLowerCase(Locale.ROOT));
      }
    }
  }

  /** What the same rules must not take: a record without its medicine is no use. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "OBX|1|NM|2345-7^Glucose^LN||5.43|mmol/L^^UCUM|3.9-6.1|N|||F; |5.43|mmol/L^^UCUM|3.9-6.1|N",
        "OBX|1|NM|6690-2^WBC^LN||6.2|x10E3/uL|150000-400000||||F; |6.2|x10E3/uL|150000-400000",
        "OBX|1|NM|8480-6^^LN|1.1|120|mm Hg|< 140||||F; |1.1|120|mm Hg|< 140",
        "OBX|1|NM|8867-4^^LN||60|beats per minute|||||F; |60|beats per minute",
        "OBX|1|NM|8867-4^^LN||60|次/分|||||F; |60|次/分",
        "OBX|1|NM|777-3^^LN||60|MDC_DIM_BEAT_PER_MIN^^MDC|||||F; |60|MDC_DIM_BEAT_PER_MIN^^MDC",
        "OBX|1|SN|1-8^^LN||^1^:^128||||||F; |^1^:^128",
        "OBX|1|SN|1-8^^LN||^1^-^3||||||F; |^1^-^3",
        "OBX|1|NM|1-8^^LN||<5|mmol/L|||||F; ||<5|mmol/L|",
        "OBX|1|NM|1-8^^LN||13,4|g/dl|12,0-16,0||||F; ||13,4|g/dl|12,0-16,0|",
        "OBX|1|ST|1-8^^LN||<1:320||||||F; ||<1:320|",
        "OBX|1|ST|1-8^^LN||1:320||<1:20||||F; ||1:320||<1:20|",
        "OBX|1|NM|1-8^^LN||98.0|0004-0220^%^MDIL|||||F; ||98.0|^%|",
        "OBX|1|NM|1-8^^LN||21|^Copies/mL|||||F; ||21|^Copies/mL|",
        "OBX|1|ST|1-8^^LN||0-2|/HPF|||||F; ||0-2|/HPF|",
        "OBX|1|ST|1-8^^LN||nicht nachweisbar||||||F; ||nicht nachweisbar|",
        "OBX|1|NA|1-8^^LN||1.5^-2^3~4||||||F; ||1.5^-2^3~4|",
        "OBX|1|NR|1-8^^LN||1.5^2||||||F; ||1.5^2|",
        "OBX|1|CE|1-8^^LN||NEG^Negative^99LAB||||||F; ^Negative^L|",
        "OBX|1|CWE|1-8^^LN||^Negative||||||F; ||^Negative|",
        "OBX|1|CE|1-8^^LN||Positive||||||F; ||Positive|",
        "OBX|1|NM|3A010000002327101^HbA1c^JC10||6.5||||||F; |3A010000002327101^HbA1c^JC10|",
        "OBX|1|CE|1-8^^LN||VXC16^ACIP^CDCPHINVS||||||F; |VXC16^ACIP^CDCPHINVS|",
        "RXA|0|1|20240101|20240101|08^HepB^CVX|1|mL||00^New record^NIP001; |00^New record^NIP001",
        "DG1|1||I63.9^Hirninfarkt^I10-2026|||A; |I63.9^Hirninfarkt^I10-2026|",
        "OBX|1|CE|1-8^^LN||73211009^Diabetes^SCT||||||F; |73211009^Diabetes^SCT",
        "DG1|1||E11.9^Diabetes^I10C|||A; |E11.9^Diabetes^I10C",
        "PR1|1||0210093^Bypass^I10P; |0210093^Bypass^I10P",
        "PR1|1||99213-25^Visit^CPT; |99213-25^Visit^CPT"
      })
  void medicineStays(String line, String kept) {
    assertThat(text(LOCAL, MSH, PID, line)).contains(kept.strip());
  }

  @Test
  void pid3WithEscapesAndRepetitionsMakesOnePseudonymAndNothingElse() {
    String text =
        text(
            LOCAL,
            MSH,
            "PID|1||48\\T\\77^^^H\\S\\1&1.2.3&ISO^MR~99\\R\\88^^^H2^PI||Zyprian\\T\\Otto^\\X4F\\tto");
    assertThat(text.split("\r", -1)[1]).matches("PID\\|1\\|\\|[0-9a-f]{32,64}(\\|.*)?");
    assertThat(text).doesNotContain("Zyprian").doesNotContain("1.2.3");
  }
}
