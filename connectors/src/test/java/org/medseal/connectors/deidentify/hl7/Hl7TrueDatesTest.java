package org.medseal.connectors.deidentify.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.DeidFixture;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.TrueDatesException;

class Hl7TrueDatesTest {
  private static final Hl7TrueDates DATES =
      Hl7TrueDates.load(DeidFixture.CONFIG.resolve("deid/hl7v2.yaml"));

  @Provide
  Arbitrary<String> days() {
    return Arbitraries.longs()
        .between(LocalDate.of(1980, 1, 1).toEpochDay(), LocalDate.of(2026, 1, 1).toEpochDay())
        .map(day -> LocalDate.ofEpochDay(day).format(DateTimeFormatter.BASIC_ISO_DATE));
  }

  private static DeidentifiedRecord record(String message) {
    return DeidFixture.record(
        DeidFixture.shipped(Format.HL7V2)
            .deidentify(message.getBytes(StandardCharsets.UTF_8), DeidFixture.LOCAL));
  }

  private static String restored(DeidentifiedRecord record) {
    Content restored = DATES.restored(record.document(), List.of(record.patient()));
    return new String(restored.bytes(), StandardCharsets.UTF_8);
  }

  private static Hl7Message parsed(String text) {
    return Hl7Message.parse(text, StandardCharsets.UTF_8).orElseThrow();
  }

  /** Birth is before all of the others, so no date collides with it. */
  @Property(tries = 200)
  void generatedMessagesGetTheirDatesBack(
      @ForAll @IntRange(min = 100_000, max = 999_999) int patient,
      @ForAll("days") String seen,
      @ForAll("days") String admitted,
      @ForAll("days") String measured) {
    String message =
        "MSH|^~\\&|A|B|C|D|%s1011+0800||ORU^R01|1|P|2.5\r".formatted(seen)
            + "PID|1||%d^^^LAB^MR||X^Y||19400607\r".formatted(patient)
            + "PV1|1|I"
            + "|".repeat(42)
            + admitted
            + "0930|"
            + measured
            + "\r"
            + "OBR|1|||718-7^^LN|||%s101112.5\r".formatted(measured)
            + "OBX|1|TS|11368-8^^LN||%s||||||F|||%s\r".formatted(admitted.substring(0, 6), seen)
            + "OBX|2|NM|718-7^^LN||13.5|g/dL|||||F\r";
    DeidentifiedRecord record = record(message);
    Hl7Message back = parsed(restored(record));
    assertThat(back.msh().field(7).first().text(1)).isEqualTo(seen + "1011");
    Segment visit = back.all("PV1").get(0);
    assertThat(visit.field(44).first().text(1)).isEqualTo(admitted + "0930");
    assertThat(visit.field(45).first().text(1)).isEqualTo(measured);
    assertThat(back.all("OBR").get(0).field(7).first().text(1)).isEqualTo(measured + "101112.5");
    Segment onset = back.all("OBX").get(0);
    assertThat(onset.field(5).first().text(1)).isEqualTo(admitted.substring(0, 6));
    assertThat(onset.field(14).first().text(1)).isEqualTo(seen);
    Segment born = back.all("PID").get(0);
    assertThat(born.field(7).first().text(1)).isEqualTo("1940");
    assertThat(back.all("OBX").get(1)).isEqualTo(parsed(text(record)).all("OBX").get(1));
  }

  private static String text(DeidentifiedRecord record) {
    return new String(record.content(), StandardCharsets.UTF_8);
  }

  @Test
  void aDateOfBirthInAResultStaysTheYearItWas() {
    String message =
        "MSH|^~\\&|A|B|C|D|20240102||ORU^R01|1|P|2.5\r"
            + "PID|1||4711^^^LAB^MR||X^Y||19610203\r"
            + "OBX|1|DT|21112-8^^LN||19610203||||||F\r"
            + "OBX|2|DT|55555^Born^99LAB||19610203||||||F\r";
    Hl7Message back = parsed(restored(record(message)));
    assertThat(back.all("OBX"))
        .extracting(each -> each.field(5).first().text(1))
        .containsExactly("1961", "1961");
  }

  @Test
  void ofAnotherPatientOrNoMessageNothingIsMoved() {
    DeidentifiedRecord record =
        record("MSH|^~\\&|A|B|C|D|20240102||ADT^A01|1|P|2.5\rPID|1||4711^^^LAB^MR\r");
    DeidentifiedRecord other =
        record("MSH|^~\\&|A|B|C|D|20240102||ADT^A01|1|P|2.5\rPID|1||4712^^^LAB^MR\r");
    assertThatThrownBy(() -> DATES.restored(record.document(), List.of(other.patient())))
        .isInstanceOf(TrueDatesException.class)
        .extracting(e -> ((TrueDatesException) e).reason())
        .isEqualTo(TrueDatesException.Reason.ANOTHER_PATIENT);
    assertThatThrownBy(() -> DATES.restored(Content.of(new byte[9]), List.of(other.patient())))
        .isInstanceOf(TrueDatesException.class);
  }
}
