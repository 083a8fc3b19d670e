package org.medseal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakSearchTest {
  private static final String NAME = "Quillfeather";
  private static final String HAN_NAME = "欧阳霁月";

  private final LeakSearch search = new LeakSearch(List.of(NAME, HAN_NAME));

  @Test
  void findsEachSpellingBetweenOtherBytes() {
    for (String name : List.of(NAME, NAME.toUpperCase(java.util.Locale.ROOT), HAN_NAME)) {
      assertThat(search.holds(between(name.getBytes(StandardCharsets.UTF_8)))).isTrue();
      assertThat(search.holds(between(name.getBytes(StandardCharsets.UTF_16LE)))).isTrue();
      assertThat(search.holds(between(name.getBytes(StandardCharsets.UTF_16BE)))).isTrue();
      assertThat(search.holds(between(name.getBytes(Charset.forName("GB18030"))))).isTrue();
      assertThat(
              search.holds(ascii(HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8)))))
          .isTrue();
    }
  }

  @Test
  void findsBase64AtEveryAlignment() {
    for (String before : List.of("", "a", "ab", "abc")) {
      byte[] text = (before + NAME + " and more").getBytes(StandardCharsets.UTF_8);
      assertThat(search.holds(ascii(Base64.getEncoder().encodeToString(text)))).isTrue();
    }
  }

  @Test
  void saysNothingOfInnocentBytes() {
    assertThat(search.holds(ascii("Quill feather, 欧洲 and 阳光"))).isFalse();
    assertThat(search.holds(new byte[5])).isFalse();
  }

  @Test
  void namesFilesWhoseNameOrContentHoldsAString(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("clean.txt"), "nothing");
    Path content = Files.writeString(folder.resolve("dirty.bin"), "x" + NAME);
    Path name = Files.writeString(folder.resolve(NAME + ".hl7"), "nothing");
    LeakSearch.Findings findings = search.search(List.of(folder));
    assertThat(findings.files()).isEqualTo(3);
    assertThat(findings.hits()).containsExactlyInAnyOrder(content, name);
  }

  private static byte[] between(byte[] middle) {
    byte[] all = new byte[middle.length + 20];
    System.arraycopy(middle, 0, all, 7, middle.length);
    return all;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
