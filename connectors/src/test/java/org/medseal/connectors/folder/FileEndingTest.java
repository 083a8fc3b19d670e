package org.medseal.connectors.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileEndingTest {
  private static final String MESSAGE = "MSH|^~\\&|A|B|C|D|2026||ADT^A01|1|P|2.5\rPID|1||7\r";
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FHS|^~\\&\rBHS|^~\\&\rMSH|^~\\&|A\rBTS|1\rFTS|1\r",
        "\u000bBHS|^~\\&\rMSH|^~\\&|A\rBTS|1\r\u001c\r\n",
        "\u00ef\u00bb\u00bfBHS|^~\\&\nMSH|^~\\&|A\n\nBTS|1",
        "{\n  \"resourceType\":\"Patient\"\n}\n",
        "[{}]",
        "<Patient></Patient>"
      })
  void whatEndsAsItsBeginningPromisesIsWhole(String content) throws Exception {
    assertThat(ending(content)).isEqualTo(FileEnding.WHOLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FHS|^~\\&\r",
        "FHS|^~\\&\rBHS|^~\\&\rMSH|^~\\&|A\rBTS|1\r",
        "BHS|^~\\&\rMSH|^~\\&|A\rPID|1||BTS",
        "{\"resourceType\":\"Pat",
        "[{}",
        "<Patient><na"
      })
  void whatLacksItsEndIsNot(String content) throws Exception {
    assertThat(ending(content)).isEqualTo(FileEnding.MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"Patient\"}\n",
        "{\"resourceType\":\"Patient\"}\n{\"resourceType\":\"Patient\"}\r\n",
        MESSAGE,
        "anything",
        ""
      })
  void nothingTellsTheEndOfLinesAndMessagesOneAfterTheOther(String content) throws Exception {
    assertThat(ending(content)).isEqualTo(FileEnding.UNMARKED);
  }

  @Test
  void onlyTheTwoEndsOfALargeFileMatter() throws Exception {
    String open = "BHS|^~\\&\r" + MESSAGE.repeat(3000);
    assertThat(ending(open)).isEqualTo(FileEnding.MISSING);
    assertThat(ending(open + "BTS|3000\r")).isEqualTo(FileEnding.WHOLE);
  }

  private FileEnding ending(String content) throws Exception {
    Path file = Files.createTempFile(folder, "in", "");
    Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
    return FileEnding.of(file);
  }
}
