package org.medseal.connectors.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of the pydicom character set files (D. Clunie's) and of PS3.5 annexes H to K. */
class SpecificCharacterSetTest {
  @ParameterizedTest
  @CsvSource({
    "chrArab.dcm, قباني^لنزار",
    "chrFren.dcm, Buc^Jérôme",
    "chrGerm.dcm, Äneas^Rüdiger",
    "chrGreek.dcm, Διονυσιος",
    "chrH31.dcm, Yamada^Tarou=山田^太郎=やまだ^たろう",
    "chrJapMulti.dcm, やまだ^たろう",
    "chrJapMultiExplicitIR6.dcm, やまだ^たろう",
    "chrX2.dcm, Wang^XiaoDong=王^小东"
  })
  void aCaseFileNamesItsPatient(String file, String name) throws IOException {
    Dataset dataset = read(file);
    assertThat(name(dataset, SpecificCharacterSet.DEFAULT)).matches(Pattern.quote(name) + "=?");
  }

  @Test
  void anItemWithoutItsOwnCharacterSetUsesThatOfTheDataset() throws IOException {
    Dataset dataset = read("chrSQEncoding.dcm");
    SpecificCharacterSet outer =
        SpecificCharacterSet.in(dataset, SpecificCharacterSet.DEFAULT).orElseThrow();
    Element.Sequence sequence =
        (Element.Sequence)
            dataset.elements().stream()
                .filter(Element.Sequence.class::isInstance)
                .findFirst()
                .orElseThrow();
    assertThat(name(sequence.items().get(0), outer)).isEqualTo("ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう");
  }

  private static Dataset read(String file) throws IOException {
    return Part10.read(
            Files.readAllBytes(CaseFiles.folder().resolve("pydicom-charset").resolve(file)))
        .dataset();
  }

  private static String name(Dataset dataset, SpecificCharacterSet outer) {
    SpecificCharacterSet characters = SpecificCharacterSet.in(dataset, outer).orElseThrow();
    return Values.first(dataset, Tag.PATIENT_NAME, characters).orElse("");
  }

  @Test
  void koreanNamesOfAnnexIDecode() {
    byte[] name =
        HexFormat.of()
            .parseHex(
                "486F6E675E47696C646F6E673D1B242943FBF35E1B242943D1CED4D73D1B242943C8AB5E1B242943B1E6B5BF");
    assertThat(decode(List.of("", "ISO 2022 IR 149"), name, Vr.PN))
        .isEqualTo("Hong^Gildong=洪^吉洞=홍^길동");
  }

  @Test
  void aDelimiterBringsTheFirstRepertoireBack() {
    byte[] name = HexFormat.of().parseHex("1B242943C8AB5EC8AB");
    assertThat(decode(List.of("", "ISO 2022 IR 149"), name, Vr.PN)).isEqualTo("홍^\uFFFD\uFFFD");
    assertThat(decode(List.of("ISO_IR 100", "ISO 2022 IR 149"), name, Vr.PN)).isEqualTo("홍^È«");
    byte[] lines = HexFormat.of().parseHex("1B242943C8AB0D0AC8AB");
    assertThat(decode(List.of("", "ISO 2022 IR 149"), lines, Vr.LT)).isEqualTo("홍\r\n\uFFFD\uFFFD");
  }

  @Test
  void aCaretInAPlainLongTextResetsNothing() {
    byte[] text = HexFormat.of().parseHex("1B242943C8AB5EC8AB");
    assertThat(decode(List.of("", "ISO 2022 IR 149"), text, Vr.LT)).isEqualTo("홍^홍");
  }

  @ParameterizedTest
  @CsvSource({"ISO_IR 192", "ISO IR 192", "iso_ir_192", "ISO-IR-192", "UTF-8"})
  void utf8IsKnownInEverySpelling(String term) {
    assertThat(decode(List.of(term), "小东".getBytes(StandardCharsets.UTF_8), Vr.LO)).isEqualTo("小东");
  }

  @Test
  void chineseCharacterSetsMayHoldABackslashInsideACharacter() {
    Charset gbk = Charset.forName("GBK");
    byte[] value = "誠\\東".getBytes(gbk);
    assertThat(value).hasSize(5).contains(0x5C);
    Element element = new Element.Plain(0x00081030, Vr.LO, MemoryBulkData.of(value));
    SpecificCharacterSet characters = SpecificCharacterSet.of(List.of("GBK")).orElseThrow();
    assertThat(Values.text(element, characters)).containsExactly("誠", "東");
  }

  @ParameterizedTest
  @CsvSource({
    "ISO_IR100, \u00E9",
    "ISO 8859-1, \u00E9",
    "ISO8859-1, \u00E9",
    "ISO 2022 IR 144, \u0449",
    "ISO-8859-5, \u0449"
  })
  void aRepertoireIsKnownByItsOtherNames(String term, String letter) {
    SpecificCharacterSet characters = SpecificCharacterSet.of(List.of(term)).orElseThrow();
    assertThat(characters.decode(new byte[] {(byte) 0xE9}, Vr.LO)).isEqualTo(letter);
  }

  @Test
  void utf8BehindAnEmptyTermAndChineseOfIso2022AreKnown() {
    byte[] utf8 = "\u5C0F".getBytes(StandardCharsets.UTF_8);
    assertThat(SpecificCharacterSet.of(List.of("", "ISO_IR 192")).orElseThrow().decode(utf8, Vr.LO))
        .isEqualTo("\u5C0F");
    byte[] gbk = "\u5C0F".getBytes(Charset.forName("GBK"));
    assertThat(
            SpecificCharacterSet.of(List.of("ISO 2022 GBK", "ISO 2022 IR 58"))
                .orElseThrow()
                .decode(gbk, Vr.LO))
        .isEqualTo("\u5C0F");
  }

  @Test
  void anUnknownTermIsNotGuessed() {
    assertThat(SpecificCharacterSet.of(List.of("ISO 8859-77"))).isEmpty();
    assertThat(SpecificCharacterSet.of(List.of("100"))).isEmpty();
    assertThat(SpecificCharacterSet.of(List.of("KOI8-R"))).isEmpty();
    assertThat(SpecificCharacterSet.of(List.of("", "ISO 2022 IR 999"))).isEmpty();
  }

  @Test
  void noByteSequenceFails() {
    for (String term : List.of("", "ISO_IR 13", "ISO_IR 149", "GB18030", "ISO_IR 192")) {
      byte[] all = new byte[1024];
      for (int i = 0; i < all.length; i++) {
        all[i] = (byte) (i * 31 + (i % 7 == 0 ? 0x1B : i));
      }
      String text = decode(List.of(term, "ISO 2022 IR 87"), all, Vr.PN);
      assertThat(text.codePoints().boxed().collect(Collectors.toSet())).isNotEmpty();
    }
  }

  private static String decode(List<String> terms, byte[] bytes, Vr vr) {
    return SpecificCharacterSet.of(terms).orElseThrow().decode(bytes, vr);
  }
}
