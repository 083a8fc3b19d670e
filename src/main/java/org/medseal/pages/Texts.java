package org.medseal.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The texts of one language: {@code texts/<area>_<language>.properties}, UTF-8, each key in one
 * area only. {@code {0}} to {@code {9}} stand for arguments; apostrophes mean themselves.
 */
public final class Texts {
  public static final List<String> AREAS =
      List.of("frame", "account", "admin", "clinical", "operations");

  private final Map<String, String> texts;

  private Texts(Map<String, String> texts) {
    this.texts = Map.copyOf(texts);
  }

  public static Texts load(Language language) {
    Map<String, String> all = new HashMap<>();
    for (String area : AREAS) {
      read("/texts/" + area + "_" + language.code() + ".properties")
          .forEach(
              (key, text) -> {
                if (all.put(key.toString(), text.toString()) != null) {
                  throw new IllegalStateException("the text " + key + " stands in two areas");
                }
              });
    }
    return new Texts(all);
  }

  private static Properties read(String resource) {
    Properties properties = new Properties();
    try (InputStream in = Texts.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the program");
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  public boolean has(String key) {
    return texts.containsKey(key);
  }

  /** The text, or the key itself: a page without a word is better than none. */
  public String of(String key, Object... arguments) {
    String text = texts.get(key);
    return text == null ? key : filled(text, arguments);
  }

  /** For codes of calls: {@code key} if there is such a text, else the code as it came. */
  public String code(String prefix, String code) {
    String key = prefix + "." + code;
    return texts.getOrDefault(key, code);
  }

  private static String filled(String text, Object... arguments) {
    StringBuilder out = new StringBuilder(text.length() + 32);
    for (int at = 0; at < text.length(); at++) {
      boolean placeholder =
          text.charAt(at) == '{'
              && at + 2 < text.length()
              && Character.isDigit(text.charAt(at + 1))
              && text.charAt(at + 2) == '}';
      int index = placeholder ? text.charAt(at + 1) - '0' : -1;
      if (placeholder && index < arguments.length) {
        out.append(arguments[index]);
        at += 2;
      } else {
        out.append(text.charAt(at));
      }
    }
    return out.toString();
  }
}
