package org.medseal.ledger.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrustedBlockTest {
  private static final String BLOCK = "42:" + "0123456789abcdef".repeat(4);

  @Test
  void everyFormIsReadAndSaidTheSame() {
    for (String text : List.of(BLOCK, BLOCK + "@2026-11-23", "genesis@2026-11-23")) {
      assertThat(TrustedBlock.parse(text)).hasToString(text);
    }
  }

  @Test
  void theDayBeginsAtMidnightUtc() {
    TrustedBlock genesis = TrustedBlock.parse("genesis@1970-01-02");
    assertThat(genesis).isEqualTo(new TrustedBlock(Optional.empty(), day("1970-01-02")));
    assertThat(genesis.newestMs()).hasValue(86_400_000);
    assertThat(genesis.height()).isZero();
    assertThat(TrustedBlock.parse(BLOCK).newestMs()).isEmpty();
    assertThat(TrustedBlock.parse(BLOCK).height()).isEqualTo(42);
  }

  @Test
  void anythingElseIsRefused() {
    for (String text :
        List.of("", "genesis", "@2026-11-23", BLOCK + "@", BLOCK + "@2026-13-01", BLOCK + " @")) {
      assertThatThrownBy(() -> TrustedBlock.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aDayOutsideOfAnyCalendarIsRefused() {
    for (String day : List.of("+999999999-12-31", "-0044-03-15", "1969-12-31", "+10000-01-01")) {
      assertThatThrownBy(() -> TrustedBlock.parse(BLOCK + "@" + day))
          .as(day)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1970 to 9999");
    }
    assertThat(TrustedBlock.parse(BLOCK + "@9999-12-31").newestMs()).isPresent();
  }

  private static Optional<LocalDate> day(String text) {
    return Optional.of(LocalDate.parse(text));
  }
}
