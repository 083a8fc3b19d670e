package org.medseal.connectors.hl7ack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetNamesTest {
  @ParameterizedTest
  @CsvSource({
    "UNICODE UTF-8,UTF-8",
    "unicode utf8,UTF-8",
    "UNICODE,UTF-8",
    "GB 18030-2000,GB18030",
    "GB18030-2022,GB18030",
    "gbk,GBK",
    "8859/1,ISO-8859-1",
    "8859/15,ISO-8859-15",
    "ISO-8859-9,ISO-8859-9",
    "ISO_8859-2,ISO-8859-2",
    "ISO IR6,US-ASCII",
    "ISO IR87,ISO-2022-JP",
    "KS X 1001,EUC-KR",
    "BIG-5,Big5",
    "Windows-1252,windows-1252"
  })
  void senderSpellingsNameOneCharacterSet(String spelled, String javaName) {
    assertThat(CharsetNames.find(spelled)).contains(Charset.forName(javaName));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8859/12", "ISO IR99", "KLINGON", "8859/"})
  void anUnknownNameIsNoCharacterSet(String spelled) {
    assertThat(CharsetNames.find(spelled)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"8859/10,Ŋuorra Þórðr ĸ", "8859/14,Ŵynne Ḃríghid ÿ"})
  void thePartsThatNoJdkHasAreReadAndWrittenWhole(String spelled, String text) {
    Charset charset = CharsetNames.find(spelled).orElseThrow();
    byte[] bytes = text.getBytes(charset);
    assertThat(bytes).hasSize(text.length());
    assertThat(new String(bytes, charset)).isEqualTo(text);
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertThat(new String(all, charset).getBytes(charset)).isEqualTo(all);
    assertThat(new String(all, charset)).doesNotContain("\uFFFD").hasSize(256);
    assertThat(charset.newEncoder().canEncode("中")).isFalse();
  }

  @Test
  void onlyCharacterSetsWithDelimiterLookAlikesAreDecodedFirst() {
    assertThat(CharsetNames.hidesDelimiters(Charset.forName("GB18030"))).isTrue();
    assertThat(CharsetNames.hidesDelimiters(Charset.forName("UTF-8"))).isFalse();
    assertThat(CharsetNames.hidesDelimiters(Charset.forName("EUC-KR"))).isFalse();
  }
}
