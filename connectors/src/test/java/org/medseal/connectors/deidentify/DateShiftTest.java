package org.medseal.connectors.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DateShiftTest {

  private final DateShift ten = new DateShift(10, Set.of());

  @Test
  void precisionAndTimeOfDayStayAndTheZoneGoes() {
    assertThat(ten.hl7("2024")).contains("2024");
    assertThat(ten.hl7("202412")).contains("202412");
    assertThat(ten.hl7("20241225")).contains("20250104");
    assertThat(ten.hl7("202412251830+0800")).contains("202501041830");
    assertThat(ten.hl7("20241225183001.123-0500")).contains("20250104183001.123");
    assertThat(ten.iso("2024-12")).contains("2024-12");
    assertThat(ten.iso("2024-12-25")).contains("2025-01-04");
    assertThat(ten.iso("2024-12-25T18:30:01.5+08:00")).contains("2025-01-04T18:30:01.5Z");
  }

  @Test
  void intervalsSurvive() {
    DateShift back = new DateShift(-365, Set.of());
    assertThat(back.hl7("20240301")).contains("20230302");
    assertThat(back.iso("2024-03-08")).contains("2023-03-09");
  }

  @Test
  void whatIsNoDateIsNotKept() {
    for (String text :
        new String[] {
          "", "n/a", "20241301", "00000000", "2024122", "2024-1-1", "20241225xx", "20241225256199"
        }) {
      assertThat(ten.hl7(text)).as(text).isEmpty();
      assertThat(ten.iso(text)).as(text).isEmpty();
    }
  }

  @Test
  void aShiftedDateNeverShowsTheBirthDate() {
    DateShift shift = new DateShift(10, Set.of(LocalDate.of(2024, 1, 11)));
    assertThat(shift.hl7("20240101")).contains("202401");
    assertThat(shift.hl7("202401011200")).contains("202401");
    assertThat(shift.iso("2024-01-01T12:00:00Z")).contains("2024-01");
    assertThat(shift.iso("2024-01-02")).contains("2024-01-12");
  }

  @Test
  void agesFromNinetyAreOneGroup() {
    assertThat(DateShift.birthYear("19500101", 2026)).contains("1950");
    assertThat(DateShift.birthYear("1936-05-05", 2026)).contains("1936");
    assertThat(DateShift.birthYear("1930", 2026)).contains("1936");
    assertThat(DateShift.birthYear("1909", 2026)).contains("1936");
    assertThat(DateShift.birthYear("abc", 2026)).isEmpty();
  }

  @Test
  void aYearAloneThatTellsAnAgeAboveNinetyGoes() {
    LocalDate birth = LocalDate.of(1931, 5, 5);
    DateShift shift = DateShift.of(10, Set.of(birth), 2026);
    assertThat(shift.hl7("1931")).isEmpty();
    assertThat(shift.iso("1935")).isEmpty();
    assertThat(shift.iso("1936")).contains("1936");
    assertThat(shift.hl7("19310505")).isEmpty();
    assertThat(shift.iso("1931-05-05")).isEmpty();
  }
}
