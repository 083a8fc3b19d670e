package org.medseal.connectors.deidentify.dicom;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What encoders write into images about themselves. In the known texts {@code #} stands for a
 * version such as 2.3.0.
 */
final class ImageComments {
  private static final String VERSION = "v?\\d{1,3}(\\.\\d{1,3}){0,3}";

  private final List<Pattern> known;

  ImageComments(List<String> known) {
    this.known =
        known.stream()
            .map(
                text ->
                    Pattern.compile(
                        List.of(text.split("#", -1)).stream()
                            .map(Pattern::quote)
                            .collect(Collectors.joining(VERSION))))
            .toList();
  }

  /** A zero or a line feed at the end counts for nothing. */
  boolean allow(byte[] comment) {
    String text =
        new String(comment, StandardCharsets.ISO_8859_1).replaceAll("[\\x00\\n]{1,2}$", "");
    return text.isEmpty() || known.stream().anyMatch(pattern -> pattern.matcher(text).matches());
  }
}
