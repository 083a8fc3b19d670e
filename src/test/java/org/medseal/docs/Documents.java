package org.medseal.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the project's documents say in code, and where they link to. */
public final class Documents {
  private static final Pattern INLINE = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");

  /** A stretch of code in a document, or a link's target. */
  public record Said(Path document, String text) {
    @Override
    public String toString() {
      return document + ": " + text;
    }
  }

  private Documents() {}

  /** README and its neighbours, and all under {@code docs}. */
  public static List<Path> all() {
    try (Stream<Path> top = Files.list(Path.of("."));
        Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(top, docs)
          .filter(each -> each.toString().endsWith(".md"))
          .map(Path::normalize)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Inline code, and each line of a fenced block, continued lines joined. */
  public static List<Said> code() {
    List<Said> code = new ArrayList<>();
    for (Path document : all()) {
      boolean fenced = false;
      for (String line : text(document).replace("\\\n", " ").split("\n", -1)) {
        if (line.strip().startsWith("```")) {
          fenced = !fenced;
        } else if (fenced) {
          code.add(new Said(document, line.strip()));
        } else {
          INLINE
              .matcher(line)
              .results()
              .forEach(each -> code.add(new Said(document, each.group(1).replace("\\|", "|"))));
        }
      }
    }
    return code;
  }

  static List<Said> links() {
    List<Said> links = new ArrayList<>();
    for (Path document : all()) {
      Matcher link = LINK.matcher(text(document));
      while (link.find()) {
        links.add(new Said(document, link.group(1)));
      }
    }
    return links;
  }

  /** As the anchors of links name them. */
  static List<String> headings(Path document) {
    return text(document)
        .lines()
        .map(HEADING::matcher)
        .filter(Matcher::matches)
        .map(each -> each.group(1).strip().toLowerCase(Locale.ROOT))
        .map(each -> each.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  private static String text(Path document) {
    try {
      return Files.readString(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
