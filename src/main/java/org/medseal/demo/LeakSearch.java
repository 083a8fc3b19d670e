package org.medseal.demo;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks for identifying strings in every file of some folders: as UTF-8, UTF-16 and GB18030, in
 * upper and lower case, in hexadecimal and in Base64 at each alignment; in file names too.
 */
public final class LeakSearch {
  /** Shorter forms would be found by chance in megabytes of ciphertext. */
  private static final int SHORTEST = 6;

  /** Needles by their first two bytes. */
  private final Map<Integer, List<byte[]>> needles = new HashMap<>();

  private final List<String> strings;

  public LeakSearch(List<String> strings) {
    this.strings = List.copyOf(strings);
    Set<String> seen = new TreeSet<>();
    for (String string : strings) {
      for (byte[] form : forms(string)) {
        if (form.length >= SHORTEST && seen.add(HexFormat.of().formatHex(form))) {
          needles.computeIfAbsent(key(form, 0), k -> new ArrayList<>()).add(form);
        }
      }
    }
  }

  /**
   * What was searched and where something was found.
   *
   * @param hits paths, never the string
   */
  public record Findings(int files, int strings, List<Path> hits) {}

  /** Searches every regular file below the folders, and their names. */
  public Findings search(List<Path> folders) throws IOException {
    int files = 0;
    List<Path> hits = new ArrayList<>();
    for (Path folder : folders) {
      List<Path> paths;
      try (Stream<Path> walk = Files.walk(folder)) {
        paths = walk.filter(Files::isRegularFile).toList();
      }
      for (Path path : paths) {
        files++;
        byte[] name = path.getFileName().toString().getBytes(StandardCharsets.UTF_8);
        if (holds(name) || holds(Files.readAllBytes(path))) {
          hits.add(path);
        }
      }
    }
    return new Findings(files, strings.size(), hits);
  }

  /** Does any spelling of any string occur in these bytes? */
  public boolean holds(byte[] content) {
    for (int i = 0; i + SHORTEST <= content.length; i++) {
      for (byte[] needle : needles.getOrDefault(key(content, i), List.of())) {
        if (i + needle.length <= content.length && matches(content, needle, i)) {
          return true;
        }
      }
    }
    return false;
  }

  private static int key(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  private static boolean matches(byte[] content, byte[] needle, int at) {
    for (int j = 2; j < needle.length; j++) {
      if (content[at + j] != needle[j]) {
        return false;
      }
    }
    return true;
  }

  private static List<byte[]> forms(String string) {
    List<byte[]> forms = new ArrayList<>();
    for (String cased :
        List.of(string, string.toUpperCase(Locale.ROOT), string.toLowerCase(Locale.ROOT))) {
      byte[] utf8 = cased.getBytes(StandardCharsets.UTF_8);
      forms.add(utf8);
      forms.add(cased.getBytes(StandardCharsets.UTF_16BE));
      forms.add(cased.getBytes(StandardCharsets.UTF_16LE));
      forms.add(cased.getBytes(Charset.forName("GB18030")));
      forms.add(HexFormat.of().formatHex(utf8).getBytes(StandardCharsets.US_ASCII));
      for (int offset = 0; offset < 3; offset++) {
        forms.add(base64Core(utf8, offset));
      }
    }
    return forms;
  }

  /**
   * The Base64 characters that {@code bytes} alone decide when {@code offset} bytes stand before
   * it.
   */
  private static byte[] base64Core(byte[] bytes, int offset) {
    byte[] shifted = new byte[offset + bytes.length];
    System.arraycopy(bytes, 0, shifted, offset, bytes.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int from = offset == 0 ? 0 : offset + 1;
    int wholeBits = (shifted.length * 8) / 6;
    return encoded
        .substring(Math.min(from, wholeBits), wholeBits)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
