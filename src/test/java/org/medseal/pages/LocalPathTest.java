package org.medseal.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {

  @ParameterizedTest
  @ValueSource(strings = {"/", "//evil.example", "/a b"})
  void signingInLeadsBackToNoStrangePath(String path) {
    assertThat(LocalPath.signIn(path)).isEqualTo("/sign-in");
  }

  @Test
  void signingInLeadsBackToAnyPathWithWhichItIsStillAPathOfThisSite() {
    assertThat(LocalPath.signIn("/me?a=b")).isEqualTo("/sign-in?next=%2Fme%3Fa%3Db");
    String quoted = "/me?a=" + "%41".repeat(600);
    assertThat(LocalPath.is(quoted)).isTrue();
    assertThat(LocalPath.signIn(quoted)).isEqualTo("/sign-in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/me", "/requests?state=OPEN&after=ab%20c", "/a/b-c_d.e~f", "/x#y"})
  void pathsOfThisSiteAre(String path) {
    assertThat(LocalPath.is(path)).isTrue();
    assertThat(LocalPath.orHome(path)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "me",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/a\r\nLocation: x",
        "/a b",
        "/\u0000",
        "/é",
        "/a\\b",
        "/\"",
        "/<"
      })
  void whatLeadsElsewhereIsNot(String path) {
    assertThat(LocalPath.is(path)).isFalse();
    assertThat(LocalPath.orHome(path)).isEqualTo("/");
    assertThatThrownBy(() -> PageAnswer.seeOther(path))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPathHasAnEnd() {
    assertThat(LocalPath.is("/" + "a".repeat(3000))).isFalse();
  }
}
