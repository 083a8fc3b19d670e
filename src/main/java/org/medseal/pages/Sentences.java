package org.medseal.pages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the node says in English, in the language of a page: refusals, findings, why it waits. From
 * {@code texts/sentences_<language>.tsv}, lines of an English sentence and its translation, parted
 * by a tab; {@code {0}} stands for what differs from time to time, and is said over in turn.
 */
public final class Sentences {
  private static final Pattern PLACE = Pattern.compile("\\{([0-9])}");
  private static final int LONGEST = 1_000;

  private final List<Known> all;

  /**
   * @param words characters that are always the same: the more, the better it fits
   */
  private record Known(Pattern english, String said, int words) {
    static Known of(String line) {
      String[] both = line.split("\t", -1);
      if (both.length != 2 || both[0].isBlank() || both[1].isBlank()) {
        throw new IllegalStateException("not a sentence and its translation: " + line);
      }
      StringBuilder pattern = new StringBuilder();
      Matcher place = PLACE.matcher(both[0]);
      int at = 0;
      while (place.find()) {
        pattern.append(Pattern.quote(both[0].substring(at, place.start()))).append("(.+)");
        at = place.end();
      }
      pattern.append(Pattern.quote(both[0].substring(at)));
      int words = PLACE.matcher(both[0]).replaceAll("").length();
      return new Known(Pattern.compile(pattern.toString(), Pattern.DOTALL), both[1], words);
    }
  }

  private Sentences(List<Known> all) {
    this.all = all;
  }

  /** None for English, which the node speaks. */
  public static Sentences load(Language language) {
    if (language == Language.EN) {
      return new Sentences(List.of());
    }
    String resource = "/texts/sentences_" + language.code() + ".tsv";
    List<Known> all = new ArrayList<>();
    for (String line : lines(resource)) {
      all.add(Known.of(line));
    }
    all.sort(Comparator.comparingInt(Known::words).reversed());
    return new Sentences(List.copyOf(all));
  }

  private static List<String> lines(String resource) {
    try (InputStream in = Sentences.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the program");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same in the page's language; empty for a sentence that is not known. */
  public Optional<String> say(String english) {
    if (english.length() > LONGEST) {
      return Optional.empty();
    }
    for (Known each : all) {
      Matcher matcher = each.english().matcher(english);
      if (matcher.matches()) {
        return Optional.of(filled(each.said(), matcher));
      }
    }
    return Optional.empty();
  }

  private String filled(String said, Matcher values) {
    return PLACE
        .matcher(said)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(
                    value(values.group(Integer.parseInt(place.group(1)) + 1))));
  }

  /** A value may be a sentence itself, or several; a name stays as it is. */
  private String value(String text) {
    return Arrays.stream(text.split(", ", -1))
        .map(each -> say(each).orElse(each))
        .collect(Collectors.joining(text.contains(", ") ? "、" : ""));
  }
}
