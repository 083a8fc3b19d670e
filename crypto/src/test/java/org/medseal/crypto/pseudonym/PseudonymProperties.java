package org.medseal.crypto.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;
import org.medseal.crypto.SecretBytes;

class PseudonymProperties {
  private static final YearMonth MONTH = YearMonth.of(2025, 11);

  @Property(tries = 200)
  void isStableUnderOneKey(
      @ForAll @Size(32) byte[] key,
      @ForAll @NotBlank String authority,
      @ForAll @NotBlank String id) {
    PatientIdentifier identifier = new PatientIdentifier(authority, "NI", id);
    try (PseudonymKey one = key(1, "c", key);
        PseudonymKey again = key(1, "c", key)) {
      assertThat(one.pseudonym(identifier)).isEqualTo(again.pseudonym(identifier));
      assertThat(one.pseudonym(identifier).tag(MONTH))
          .isEqualTo(again.pseudonym(identifier).tag(MONTH));
      assertThat(one.uid(id)).isEqualTo(again.uid(id));
    }
  }

  @Property(tries = 200)
  void twoKeysShareNothing(
      @ForAll @Size(32) byte[] key, @ForAll @Size(32) byte[] other, @ForAll @NotBlank String id) {
    Assume.that(!Arrays.equals(key, other));
    PatientIdentifier identifier = new PatientIdentifier("1.2.3", "NI", id);
    try (PseudonymKey one = key(1, "c", key);
        PseudonymKey two = key(1, "c", other)) {
      assertThat(derived(one, identifier)).doesNotContainAnyElementsOf(derived(two, identifier));
    }
  }

  @Property(tries = 200)
  void fieldsCannotSlideIntoEachOther(@ForAll @NotBlank String a, @ForAll @NotBlank String b) {
    Assume.that(!(a + b).isBlank());
    try (PseudonymKey key = key(1, "c", new byte[32])) {
      assertThat(key.pseudonym(new PatientIdentifier(a + b, "T", "x")))
          .isNotEqualTo(key.pseudonym(new PatientIdentifier(a, b + "T", "x")));
    }
  }

  @Property(tries = 300)
  void dateOffsetsStayWithinAYear(@ForAll @IntRange(min = 1) int id) {
    try (PseudonymKey key = key(1, "c", new byte[32])) {
      Pseudonym psn = key.pseudonym(new PatientIdentifier("1.2.3", "NI", "" + id));
      assertThat(psn.dateOffsetDays()).isBetween(-365, 365);
    }
  }

  @Property(tries = 100)
  void uidsAreValidInDicom(@ForAll String original) {
    try (PseudonymKey key = key(0, "local", new byte[32])) {
      assertThat(key.uid(original)).matches("2\\.25\\.(0|[1-9][0-9]*)").hasSizeLessThan(65);
    }
  }

  private static Set<String> derived(PseudonymKey key, PatientIdentifier identifier) {
    Pseudonym psn = key.pseudonym(identifier);
    Set<String> all = new HashSet<>();
    all.add(hex(psn.secret().copy()));
    for (int month = 1; month <= 12; month++) {
      all.add(hex(psn.tag(YearMonth.of(2025, month))));
    }
    all.add(hex(psn.documentPseudonym()));
    all.add(hex(key.keyed("ORDER", new byte[] {1})));
    all.add(key.uid("1.2.840.1"));
    assertThat(all).hasSize(16);
    return all;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static PseudonymKey key(int version, String scope, byte[] bytes) {
    try (SecretBytes secret = SecretBytes.copyOf(bytes)) {
      return new PseudonymKey(version, scope, secret);
    }
  }
}
