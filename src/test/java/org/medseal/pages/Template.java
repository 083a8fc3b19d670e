package org.medseal.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A template's source, taken apart as far as rules about words need it. */
record Template(Path file, String source) {
  private static final Path FOLDER = Path.of("src/main/jte");
  private static final Pattern KEY = Pattern.compile("\\bt\\(\"([^\"]+)\"(?=[,)])");
  private static final Pattern CHOSEN_KEYS = Pattern.compile("\\bt\\(([^)\"]*\\?[^()]*)\\)");
  private static final Pattern QUOTED = Pattern.compile("\"([a-z][a-z0-9.-]+)\"");
  private static final Pattern SPOKEN =
      Pattern.compile("\\b(?:aria-label|title|alt|placeholder|data-label|content)=\"([^\"]*)\"");

  static List<Template> all() throws IOException {
    List<Template> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jte")).toList()) {
        all.add(new Template(file, Files.readString(file)));
      }
    }
    return all;
  }

  /** Keys of texts that stand in it as such. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    KEY.matcher(source).results().forEach(each -> keys.add(each.group(1)));
    Matcher chosen = CHOSEN_KEYS.matcher(source);
    while (chosen.find()) {
      String alternatives = chosen.group(1).substring(chosen.group(1).indexOf('?'));
      QUOTED.matcher(alternatives).results().forEach(each -> keys.add(each.group(1)));
    }
    return keys;
  }

  /** What a visitor would read although no text has it. */
  List<String> literals() {
    String markup = withoutProgram();
    List<String> literals = new ArrayList<>();
    SPOKEN.matcher(markup).results().map(each -> each.group(1)).forEach(literals::add);
    literals.addAll(List.of(markup.replaceAll("<[^>]*>", "\n").split("\n")));
    return literals.stream()
        .map(String::strip)
        .filter(each -> each.codePoints().anyMatch(Character::isLetter))
        .filter(each -> !each.matches("width=device-width.*|light dark"))
        .toList();
  }

  /** Expressions, which may hold braces and quotes, and jte's own lines are taken out. */
  private String withoutProgram() {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < source.length()) {
      if (source.startsWith("${", at) || source.startsWith("!{", at)) {
        at = closing(at + 2, '{', '}');
      } else if (source.charAt(at) == '@' && isKeyword(at)) {
        at = afterKeyword(at);
      } else {
        out.append(source.charAt(at++));
      }
    }
    return out.toString().replaceAll("(?m)^`\\)$", "");
  }

  private boolean isKeyword(int at) {
    return source
        .substring(at)
        .matches("(?s)@(import|param|if|else|elseif|endif|for|endfor|template)\\b.*");
  }

  private int afterKeyword(int at) {
    Matcher line =
        Pattern.compile("@(import|param)\\b[^\n]*").matcher(source).region(at, source.length());
    if (line.lookingAt()) {
      return line.end();
    }
    Matcher called =
        Pattern.compile("@(if|elseif|for|template[.\\w]*)\\(")
            .matcher(source)
            .region(at, source.length());
    if (called.lookingAt()) {
      int content = source.indexOf("content = @`", at);
      int end = closing(called.end(), '(', ')');
      return content > 0 && content < end ? content + "content = @`".length() : end;
    }
    return at + source.substring(at).split("\\b", 3)[1].length() + 1;
  }

  private int closing(int from, char open, char close) {
    int depth = 1;
    boolean quoted = false;
    for (int at = from; at < source.length(); at++) {
      char c = source.charAt(at);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == open) {
        depth++;
      } else if (!quoted && c == close && --depth == 0) {
        return at + 1;
      }
    }
    return source.length();
  }
}
