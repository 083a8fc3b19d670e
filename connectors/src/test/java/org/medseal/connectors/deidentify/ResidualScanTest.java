package org.medseal.connectors.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medseal.connectors.deidentify.ResidualScan.Leaf;

class ResidualScanTest {

  private final ResidualScan scan =
      ResidualScan.builder()
          .person("Müller-Lüdenscheidt")
          .person("White")
          .person("王小东")
          .id("110105194912310021")
          .id("000123456")
          .id("654321")
          .phone("+86 (10) 5555-0199")
          .place("Laboratory")
          .birthDate("1949-12-31")
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seen by MÜLLER LÜDENSCHEIDT",
        "müllerlüdenscheidt",
        "Mr White came",
        "WHITE",
        "患者王小东入院",
        "no 110105 1949 1231 0021",
        "123456",
        "0123456",
        "MRN654321",
        "call 010 55550199",
        "8610555-50199",
        "19491231",
        "1949-12-31",
        "the laboratory",
        "Whit&#101;",
        "%57hite",
      })
  void findsEverySpelling(String text) {
    assertThat(scan.occursIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Whitehead",
        "offwhite",
        "1234567",
        "99654321",
        "98.00",
        "Hemoglobin",
        "小东西",
        "1949",
        "",
        "194912"
      })
  void findsNothingElse(String text) {
    assertThat(scan.occursIn(text)).isFalse();
  }

  @Test
  void looksIntoWhatAValueDecodesTo() {
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"), StandardCharsets.UTF_16LE)) {
      byte[] bytes = "患者王小东 今日".getBytes(charset);
      assertThat(scan.occursIn(Base64.getEncoder().encodeToString(bytes))).isTrue();
      assertThat(scan.occursIn(HexFormat.of().formatHex(bytes))).isTrue();
    }
  }

  @Test
  void shortValuesAreNotSearched() {
    ResidualScan small =
        ResidualScan.builder()
            .person("Lee")
            .id("12345")
            .place("LAB")
            .person("王")
            .id("0000000")
            .build();
    assertThat(small.occursIn("Lee 12345 LAB 王 0000000 0")).isFalse();
  }

  @Test
  void inPublishedCodesOnlyWholeNamesAndNumbersCount() {
    assertThat(scan.occursInPublishedCode("laboratory")).isFalse();
    assertThat(scan.occursInPublishedCode("white-cell")).isFalse();
    assertThat(scan.occursInPublishedCode("white")).isTrue();
    assertThat(scan.occursInPublishedCode("110105194912310021")).isTrue();
  }

  @Test
  void tellsThePathAndNotTheValue() {
    assertThat(
            scan.findAll(
                List.of(new Leaf("A", "fine"), new Leaf("B", "White"), new Leaf("C", "x"))))
        .containsExactly("B");
    assertThat(scan.find(List.of(new Leaf("A", "fine")))).isEmpty();
  }
}
