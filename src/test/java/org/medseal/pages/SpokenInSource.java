package org.medseal.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads out of a program's source which sentences it says by calls of certain names. */
final class SpokenInSource {
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private final String source;

  private SpokenInSource(String source) {
    this.source = source;
  }

  /** With {@code 7} wherever a value stands; a literal without a space is no sentence. */
  static List<String> by(Pattern call, Path folder) throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        all.addAll(new SpokenInSource(Files.readString(file)).sentences(call));
      }
    }
    return all;
  }

  /** Of each call the last argument that is one. */
  List<String> sentences(Pattern call) {
    List<String> all = new ArrayList<>();
    Matcher matcher = call.matcher(source);
    while (matcher.find()) {
      String last = "";
      for (String argument : parts(matcher.end(), ',')) {
        String said = said(argument);
        last = said.contains(" ") ? said : last;
      }
      if (!last.isEmpty()) {
        all.add(last);
      }
    }
    return all;
  }

  /** Of what stands from here to the bracket that ends it, parted where nothing is nested. */
  private List<String> parts(int from, char by) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = from;
    for (int at = from; at < source.length() && depth >= 0; at++) {
      char c = source.charAt(at);
      if (c == '"') {
        at = endOfLiteral(at);
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      }
      if (depth < 0 || (depth == 0 && c == by)) {
        parts.add(source.substring(start, at).strip());
        start = at + 1;
      }
    }
    return parts;
  }

  private int endOfLiteral(int from) {
    int at = from + 1;
    while (source.charAt(at) != '"') {
      at += source.charAt(at) == '\\' ? 2 : 1;
    }
    return at;
  }

  /** A sum of literals and values; empty for what has no literal in it. */
  private static String said(String argument) {
    StringBuilder said = new StringBuilder();
    boolean literal = false;
    for (String part : new SpokenInSource(argument + ")").parts(0, '+')) {
      Matcher matcher = LITERAL.matcher(part);
      boolean is = matcher.matches();
      said.append(is ? matcher.group(1) : "7");
      literal |= is;
    }
    return literal ? said.toString() : "";
  }

  static List<String> in(String source, Pattern call) {
    return new SpokenInSource(source).sentences(call);
  }
}
