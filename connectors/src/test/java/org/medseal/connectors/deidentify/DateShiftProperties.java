package org.medseal.connectors.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class DateShiftProperties {
  private static final Set<LocalDate> NONE = Set.of();

  @Provide
  Arbitrary<LocalDate> days() {
    return Arbitraries.longs()
        .between(LocalDate.of(1880, 1, 1).toEpochDay(), LocalDate.of(2099, 12, 31).toEpochDay())
        .map(LocalDate::ofEpochDay);
  }

  @Provide
  Arbitrary<String> times() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 23),
            Arbitraries.integers().between(0, 59),
            Arbitraries.integers().between(0, 59),
            Arbitraries.integers().between(0, 9_999))
        .as((h, m, s, f) -> String.format("%02d%02d%02d.%04d", h, m, s, f));
  }

  @Property
  void whatWasMovedIsMovedBackWhateverItsPrecision(
      @ForAll("days") LocalDate day,
      @ForAll("times") String time,
      @ForAll @IntRange(min = -365, max = 365) int offset) {
    DateShift there = new DateShift(offset, NONE);
    DateShift back = DateShift.undoing(offset);
    String whole = day.format(DateTimeFormatter.BASIC_ISO_DATE) + time;
    for (int length : new int[] {4, 6, 8, 10, 12, 14, whole.length()}) {
      String value = whole.substring(0, length);
      String moved = there.hl7(value).orElseThrow();
      assertThat(moved).hasSameSizeAs(value);
      assertThat(back.hl7(moved)).contains(value);
    }
    String iso = day.toString();
    for (int length : new int[] {4, 7, 10}) {
      String value = iso.substring(0, length);
      assertThat(back.iso(there.iso(value).orElseThrow())).contains(value);
    }
    String moment = iso + "T10:11:12.5";
    assertThat(back.iso(there.iso(moment + "+08:00").orElseThrow())).contains(moment + "Z");
  }

  /** A date that had to lose its day or month for a date of birth is true as far as it goes. */
  @Property
  void besideADateOfBirthWhatComesBackIsTrueButShorter(
      @ForAll("days") LocalDate birth,
      @ForAll @IntRange(min = -400, max = 400) int distance,
      @ForAll @IntRange(min = -365, max = 365) int offset) {
    LocalDate day = birth.plusDays(distance);
    DateShift there = new DateShift(offset, Set.of(birth));
    String value = day.format(DateTimeFormatter.BASIC_ISO_DATE);
    String restored = DateShift.undoing(offset).hl7(there.hl7(value).orElseThrow()).orElseThrow();
    assertThat(value).startsWith(restored);
    boolean whole = distance != 0 && distance != -offset;
    assertThat(restored.length()).isEqualTo(whole ? 8 : distance == 0 ? 4 : 6);
  }

  @Property
  void aDayMovesByTheOffsetAndAMonthByTheNearestMonths(
      @ForAll("days") LocalDate day, @ForAll @IntRange(min = -365, max = 365) int offset) {
    DateShift there = new DateShift(offset, NONE);
    assertThat(there.iso(day.toString())).contains(day.plusDays(offset).toString());
    LocalDate middle = day.withDayOfMonth(15);
    LocalDate moved =
        LocalDate.parse(there.iso(day.toString().substring(0, 7)).orElseThrow() + "-15");
    assertThat(Math.abs(middle.plusDays(offset).toEpochDay() - moved.toEpochDay()))
        .isLessThanOrEqualTo(18);
  }
}
