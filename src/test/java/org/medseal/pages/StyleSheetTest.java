package org.medseal.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StyleSheetTest {
  private static List<String> tokens(String sheet, String selector) {
    int from = sheet.indexOf('{', sheet.indexOf(selector)) + 1;
    return sheet.substring(from, sheet.indexOf('}', from)).lines().map(String::strip).toList();
  }

  /** Style sheets cannot say one list for a wish of the device and one of the person. */
  @Test
  void theDarkIsTheSameByTheDevicesWishAndByThePersons() throws IOException {
    try (InputStream in = Assets.class.getResourceAsStream("/assets/medseal.css")) {
      String sheet = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String> device = tokens(sheet, ":root:not([data-theme=\"light\"])");
      assertThat(device).hasSizeGreaterThan(20);
      assertThat(tokens(sheet, ":root[data-theme=\"dark\"]"))
          .filteredOn(line -> !line.isEmpty())
          .containsExactlyElementsOf(device.stream().filter(line -> !line.isEmpty()).toList());
    }
  }
}
