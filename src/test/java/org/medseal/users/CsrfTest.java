package org.medseal.users;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsrfTest {
  private static final String TOKEN = "t".repeat(43);

  @Test
  void itHoldsForItsSessionAloneAndIsNotTheToken() {
    String csrf = Csrf.of(TOKEN);
    assertThat(csrf).hasSize(43).isNotEqualTo(TOKEN).matches("[A-Za-z0-9_-]+");
    assertThat(Csrf.matches(TOKEN, csrf)).isTrue();
    assertThat(Csrf.matches("u".repeat(43), csrf)).isFalse();
  }

  @Test
  void nothingElseMatches() {
    String csrf = Csrf.of(TOKEN);
    for (String wrong : new String[] {"", " ", TOKEN, csrf + "A", csrf.substring(1)}) {
      assertThat(Csrf.matches(TOKEN, wrong)).as(wrong).isFalse();
    }
  }
}
