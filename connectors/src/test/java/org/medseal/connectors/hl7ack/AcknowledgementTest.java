package org.medseal.connectors.hl7ack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcknowledgementTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource({"ACCEPT,AA", "ERROR,AE", "REJECT,AR"})
  void originalModeAnswersWithAnApplicationCode(Answer answer, String code) {
    String ack = ack("MSH|^~\\&|APP|FAC|MS|HOSP|20260101||ADT^A01|C-1|P|2.3.1", answer);
    assertThat(ack).contains("\rMSA|" + code + "|C-1\r");
    assertThat(ack).startsWith("MSH|^~\\&|MS|HOSP|APP|FAC|2026");
    assertThat(ack).contains("|ACK^A01|");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "AL,NE,ACCEPT,CA",
        "AL,NE,ERROR,CE",
        "AL,AL,REJECT,CR",
        "ER,NE,ACCEPT,-",
        "ER,NE,ERROR,CE",
        "SU,NE,ACCEPT,CA",
        "SU,NE,ERROR,-",
        "NE,AL,ACCEPT,AA",
        "NE,NE,ERROR,-",
        "NE,ER,REJECT,AR"
      })
  void enhancedModeAnswersAsMsh15And16Ask(
      String accept, String application, Answer answer, String code) {
    Hl7Head head =
        head("MSH|^~\\&|A|B|C|D|2026||ADT^A01^ADT_A01|9|P|2.5.1|||" + accept + "|" + application);
    Optional<byte[]> ack = Acknowledgement.to(head, answer, NOW);
    if (code == null) {
      assertThat(ack).isEmpty();
    } else {
      assertThat(new String(ack.orElseThrow(), StandardCharsets.US_ASCII))
          .contains("\rMSA|" + code + "|9\r");
    }
  }

  /** Garbage on a line may begin with MSH and run into the next frame. */
  @ParameterizedTest
  @CsvSource({"11", "28"})
  void aMarkOfTheLineIsNeverEchoed(int mark) {
    String ack =
        ack("MSH|^~\\&|A|B|C|D|2026||ADT^A01|7|P|2.5|x" + (char) mark + "MSH|y", Answer.REJECT);
    assertThat(ack).contains("\rMSA|AR|7\r");
    assertThat(ack).doesNotContain(String.valueOf((char) mark));
    String cut = ack("MSH|^~\\&|A|B" + (char) mark + "C|C|D|2026||ADT^A01|7|P|2.5", Answer.REJECT);
    assertThat(cut).contains("|A|B|").contains("\rMSA|AR\r").doesNotContain("C|D");
  }

  @Test
  void theSendersDelimitersAreKept() {
    String ack = ack("MSH#*~\\&#A*x#B#C#D#2026##ADT*A01#77#P#2.5", Answer.REJECT);
    assertThat(ack).startsWith("MSH#*~\\&#C#D#A*x#B#");
    assertThat(ack).contains("#ACK*A01*ACK#").contains("\rMSA#AR#77\r").contains("\rERR###100*");
  }

  @Test
  void chineseNamesComeBackInTheSendersBytes() {
    Charset gb = Charset.forName("GB18030");
    // The second byte of these characters is 0x7C, the field separator.
    byte[] sender =
        "MSH|^~\\&|俼|東堿|C|D|2026||ADT^A01|5|P|2.4||||||GB 18030-2000\rPID|1".getBytes(gb);
    Hl7Head head = Hl7Head.read(sender).orElseThrow();
    assertThat(head.controlId()).contains("5");
    byte[] ack = Acknowledgement.to(head, Answer.ACCEPT, NOW).orElseThrow();
    assertThat(new String(ack, gb)).contains("|C|D|俼|東堿|").contains("|GB 18030-2000\r");
  }

  @Test
  void theFeedsCharacterSetIsUsedWhereTheSenderNamesNone() {
    Charset gb = Charset.forName("GB18030");
    byte[] sender = "MSH|^~\\&|俼|東堿|C|D|2026||ADT^A01|5|P|2.4\rPID|1".getBytes(gb);
    Hl7Head head = Hl7Head.read(sender, Optional.of(gb)).orElseThrow();
    assertThat(head.controlId()).contains("5");
    byte[] ack = Acknowledgement.to(head, Answer.ACCEPT, NOW).orElseThrow();
    assertThat(new String(ack, gb)).contains("|C|D|俼|東堿|").endsWith("\rMSA|AA|5\r");
  }

  @Test
  void anotherDeclaredCharacterSetGoesBeforeTheFeeds() {
    byte[] sender =
        "MSH|^~\\&|Hôpital|B|C|D|2026||ADT^A01|6|P|2.5||||||8859/1"
            .getBytes(StandardCharsets.ISO_8859_1);
    Hl7Head head = Hl7Head.read(sender, Optional.of(Charset.forName("GB18030"))).orElseThrow();
    assertThat(head.charset()).isEqualTo(StandardCharsets.ISO_8859_1);
    assertThat(head.field(3)).isEqualTo("Hôpital");
  }

  @Test
  void utf8WithAByteOrderMarkIsReadAndEchoed() {
    byte[] sender =
        "\ufeffMSH|^~\\&|Hôpital|B|C|D|2026||ADT^A01|6|P|2.5||||||UNICODE UTF-8\r"
            .getBytes(StandardCharsets.UTF_8);
    byte[] ack =
        Acknowledgement.to(Hl7Head.read(sender).orElseThrow(), Answer.ACCEPT, NOW).orElseThrow();
    assertThat(new String(ack, StandardCharsets.UTF_8))
        .contains("|Hôpital|B|")
        .endsWith("\rMSA|AA|6\r");
  }

  @Test
  void nothingOfOurInsidesIsTold() {
    String ack = ack("MSH|^~\\&|A|B|C|D|2026||ADT^A01|1|P|2.5", Answer.ERROR);
    assertThat(ack).doesNotContain("medseal").doesNotContain("Exception").doesNotContain("java");
    assertThat(ack).contains("\rMSA|AE|1\rERR|||207^Application internal error^HL70357|E\r");
  }

  @Test
  void whatDoesNotBeginWithMshHasNoHead() {
    assertThat(Hl7Head.read("PID|1||2".getBytes(StandardCharsets.US_ASCII))).isEmpty();
    assertThat(Hl7Head.read(new byte[0])).isEmpty();
    assertThat(Hl7Head.read("MSH".getBytes(StandardCharsets.US_ASCII))).isEmpty();
  }

  private static String ack(String msh, Answer answer) {
    byte[] ack = Acknowledgement.to(head(msh), answer, NOW).orElseThrow();
    return new String(ack, StandardCharsets.US_ASCII);
  }

  private static Hl7Head head(String msh) {
    return Hl7Head.read((msh + "\rPID|1").getBytes(StandardCharsets.US_ASCII)).orElseThrow();
  }
}
