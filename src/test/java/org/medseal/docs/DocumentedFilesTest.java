package org.medseal.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medseal.docs.Documents.Said;

class DocumentedFilesTest {
  private static final Pattern FILE =
      Pattern.compile("(?:config|routes|samples|docs|bench|src|\\.ci)/[\\w./-]*[\\w/]");
  private static final Pattern CLASS =
      Pattern.compile("org\\.medseal((?:\\.[a-z0-9]+)+)((?:\\.[A-Z]\\w*)?)");

  @Test
  void everyLinkLeadsToAFileAndToAHeadingInIt() {
    List<Said> dead = new ArrayList<>();
    List<Said> links = Documents.links();
    for (Said link : links) {
      if (!link.text().contains("://") && !isThere(link)) {
        dead.add(link);
      }
    }
    assertThat(links).hasSizeGreaterThan(50);
    assertThat(dead).isEmpty();
  }

  private static boolean isThere(Said link) {
    String[] parts = link.text().split("#", 2);
    Path file =
        parts[0].isEmpty() ? link.document() : link.document().resolveSibling(parts[0]).normalize();
    return Files.exists(file) && (parts.length == 1 || Documents.headings(file).contains(parts[1]));
  }

  /** Of the tree; what a build or a home makes is under {@code target} or a name in brackets. */
  @Test
  void everyFileNamedInCodeIsInTheTree() {
    List<Said> missing = new ArrayList<>();
    for (Said said : Documents.code()) {
      for (String word : said.text().split("[\\s='\":]+", -1)) {
        if (FILE.matcher(word).matches()
            && !word.contains("target")
            && !Files.exists(Path.of(word))) {
          missing.add(said);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyClassAndPackageNamedInCodeIsInTheTree() throws IOException {
    List<String> sources;
    try (Stream<Path> walk = Files.walk(Path.of("."))) {
      sources = walk.map(Path::toString).filter(each -> each.contains("java/org/medseal")).toList();
    }
    List<Said> missing = new ArrayList<>();
    for (Said said : Documents.code()) {
      Matcher name = CLASS.matcher(said.text());
      while (name.find()) {
        String path = "java/org/medseal" + name.group(1).replace('.', '/');
        String end =
            name.group(2).isEmpty() ? path : path + "/" + name.group(2).substring(1) + ".java";
        if (sources.stream().noneMatch(each -> each.endsWith(end))) {
          missing.add(said);
        }
      }
    }
    assertThat(missing).isEmpty();
  }
}
