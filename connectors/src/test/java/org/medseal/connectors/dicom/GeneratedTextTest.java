package org.medseal.connectors.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Text under every term of (0008,0005), written, read and decoded. */
class GeneratedTextTest {
  private static final int MOST_PARTS = 4;
  private static final int LONGEST_PART = 8;
  private static final List<TransferSyntax> SYNTAXES =
      List.of(TransferSyntax.EXPLICIT_LITTLE, TransferSyntax.EXPLICIT_BIG, TransferSyntax.DEFLATED);

  /** Parts of a text in characters of one repertoire; none begins or ends with a blank. */
  private record Text(Repertoire repertoire, List<String> parts) {
    byte[] joined(String delimiter) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int i = 0; i < parts.size(); i++) {
        if (i > 0) {
          out.writeBytes(delimiter.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes(repertoire.encoded(parts.get(i)));
      }
      return out.toByteArray();
    }

    List<String> read(Vr vr, String delimiter, TransferSyntax syntax) {
      Dataset dataset =
          new Dataset()
              .put(Part10.text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, repertoire.term()))
              .put(Part10.bytes(0x00091001, vr, joined(delimiter)));
      Dataset again = Part10.read(Part10.write(syntax, dataset)).dataset();
      SpecificCharacterSet characters =
          SpecificCharacterSet.in(again, SpecificCharacterSet.DEFAULT).orElseThrow();
      return Values.text(again.find(0x00091001).orElseThrow(), characters);
    }
  }

  @Provide
  Arbitrary<Text> texts() {
    return Arbitraries.of(Repertoire.all()).flatMap(GeneratedTextTest::texts);
  }

  private static Arbitrary<Text> texts(Repertoire repertoire) {
    return Arbitraries.of(repertoire.characters())
        .list()
        .ofMinSize(1)
        .ofMaxSize(LONGEST_PART)
        .map(characters -> characters.stream().collect(Collectors.joining()).strip())
        .filter(part -> !part.isEmpty())
        .list()
        .ofMinSize(1)
        .ofMaxSize(MOST_PARTS)
        .map(parts -> new Text(repertoire, parts));
  }

  @Provide
  Arbitrary<TransferSyntax> syntaxes() {
    return Arbitraries.of(SYNTAXES);
  }

  @Property(tries = 600)
  void everyComponentOfANameStartsInTheFirstRepertoire(
      @ForAll("texts") Text text, @ForAll("syntaxes") TransferSyntax syntax) {
    assertThat(text.read(Vr.PN, "^", syntax)).containsExactly(String.join("^", text.parts()));
    assertThat(text.read(Vr.PN, "=", syntax)).containsExactly(String.join("=", text.parts()));
  }

  @Property(tries = 600)
  void everyValueStartsInTheFirstRepertoire(
      @ForAll("texts") Text text, @ForAll("syntaxes") TransferSyntax syntax) {
    assertThat(text.read(Vr.LO, "\\", syntax)).isEqualTo(text.parts());
    assertThat(text.read(Vr.UC, "\\", syntax)).isEqualTo(text.parts());
  }

  @Property(tries = 600)
  void everyLineStartsInTheFirstRepertoire(
      @ForAll("texts") Text text, @ForAll("syntaxes") TransferSyntax syntax) {
    String lines = String.join("\r\n", text.parts());
    assertThat(text.read(Vr.LT, "\r\n", syntax)).containsExactly(lines);
    assertThat(text.read(Vr.UT, "\r\n", syntax)).containsExactly(lines);
  }

  @Property(tries = 300)
  void aDecoderMeetsAnyBytesUnderAnyTerm(
      @ForAll("texts") Text text, @ForAll byte[] noise, @ForAll("textVrs") Vr vr) {
    SpecificCharacterSet characters =
        SpecificCharacterSet.of(text.repertoire().terms()).orElseThrow();
    assertThat(Values.text(Part10.bytes(0x00091001, vr, noise), characters)).isNotEmpty();
  }

  @Provide
  Arbitrary<Vr> textVrs() {
    return Arbitraries.of(Vr.class).filter(Vr::isText);
  }
}
