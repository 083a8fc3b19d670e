package org.medseal.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
  private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  /** RFC 6238 appendix B, SHA-1; the last six of its eight digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void theCodesAreThoseOfTheStandard(long second, String code) {
    assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(second)))).isEqualTo(code);
  }

  @Test
  void aClockMayBeOneStepOffAndNoMore() {
    Instant now = Instant.ofEpochSecond(1_234_567_890);
    long step = Totp.step(now);
    for (long off = -3; off <= 3; off++) {
      boolean holds = Totp.match(SECRET, Totp.code(SECRET, step + off), now).isPresent();
      assertThat(holds).as("%d steps off", off).isEqualTo(Math.abs(off) <= 1);
    }
  }

  @Test
  void onlyTheWholeCodeMatches() {
    Instant now = Instant.ofEpochSecond(59);
    for (String wrong : new String[] {"", "287083", "87082", "2870820", "28708२"}) {
      assertThat(Totp.match(SECRET, wrong, now)).as(wrong).isEmpty();
    }
  }

  /** RFC 4648 section 10, the test of whole groups, and the secret of RFC 6238. */
  @Test
  void base32IsThatOfTheStandard() {
    assertThat(Base32.encode("fooba".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTB");
    assertThat(Base32.encode(SECRET)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  }
}
