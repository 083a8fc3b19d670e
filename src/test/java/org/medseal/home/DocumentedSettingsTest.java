package org.medseal.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.medseal.docs.Documents;
import org.medseal.docs.Documents.Said;

/** Every setting the documents and the standard file name is one that a home may have. */
class DocumentedSettingsTest {
  private static final Pattern KEY =
      Pattern.compile("(?<![\\w.])medseal\\.([a-z]+\\.)((?:<feed>|<name>|NAME)\\.)?[A-Za-z.]+");
  private static final Pattern STANDARD = Pattern.compile("#? ?(medseal\\.[\\w.-]+)=.*");

  @Test
  void everySettingOfTheDocumentsIsKnown() {
    List<Said> unknown = new ArrayList<>();
    int found = 0;
    for (Said said : Documents.code()) {
      Matcher key = KEY.matcher(said.text());
      while (key.find()) {
        found++;
        String name = key.group().replaceAll("<feed>|<name>|NAME", "ehr");
        boolean open = name.endsWith("."); // medseal.mail.* stands for all of them
        boolean property = said.text().startsWith("-D"); // of the tests, not of a home
        if (!open && !property && !Settings.knows(name)) {
          unknown.add(said);
        }
      }
    }
    assertThat(found).isGreaterThan(30);
    assertThat(unknown).isEmpty();
  }

  @Test
  void everySettingOfTheStandardFileIsKnown() throws IOException {
    List<String> keys =
        Files.readAllLines(Path.of("config/application.properties")).stream()
            .map(STANDARD::matcher)
            .filter(Matcher::matches)
            .map(each -> each.group(1))
            .toList();
    assertThat(keys).hasSizeGreaterThan(25).allMatch(Settings::knows);
  }
}
