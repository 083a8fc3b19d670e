package org.medseal.connectors.dicom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The attributes of PS3.6, repeating groups included. */
public final class DataDictionary {
  /**
   * One row of PS3.6.
   *
   * @param vr as printed there, such as {@code US or SS}
   * @param vm as printed there, such as {@code 1-n}
   */
  public record Attribute(String keyword, String vr, String vm, boolean retired) {
    boolean isSequence() {
      return vr.equals("SQ");
    }
  }

  private record Masked(TagMask mask, Attribute attribute) {}

  private static final class Holder {
    private static final DataDictionary STANDARD = load();
  }

  private final Map<Integer, Attribute> byTag = new HashMap<>();
  private final Map<String, Integer> byKeyword = new HashMap<>();
  private final List<Masked> repeating = new ArrayList<>();

  private DataDictionary() {}

  public static DataDictionary standard() {
    return Holder.STANDARD;
  }

  public Optional<Attribute> find(int tag) {
    Attribute attribute = byTag.get(tag);
    if (attribute != null) {
      return Optional.of(attribute);
    }
    return repeating.stream()
        .filter(row -> row.mask().matches(tag))
        .map(Masked::attribute)
        .findFirst();
  }

  /** Not for repeating groups, whose keyword stands for many tags. */
  public Optional<Integer> tagOf(String keyword) {
    return Optional.ofNullable(byKeyword.get(keyword));
  }

  /**
   * The one VR to use where a data set does not say (PS3.5 annex A.1): pixel and table data are OW,
   * numbers signed as (0028,0103) says. UN for tags that are not here.
   */
  Vr vrOf(int tag, boolean signedPixels) {
    String printed = find(tag).map(Attribute::vr).orElse("UN");
    return switch (printed) {
      case "OB or OW", "US or OW", "US or SS or OW" -> Vr.OW;
      case "US or SS" -> signedPixels ? Vr.SS : Vr.US;
      case "" -> Vr.UN; // retired rows without one
      default -> Vr.of(printed.charAt(0), printed.charAt(1)).orElse(Vr.UN);
    };
  }

  private static DataDictionary load() {
    DataDictionary dictionary = new DataDictionary();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                DataDictionary.class.getResourceAsStream("attributes.tsv"),
                StandardCharsets.UTF_8))) {
      lines.lines().skip(1).forEach(dictionary::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return dictionary;
  }

  private void add(String line) {
    String[] cells = line.split("\t", -1);
    Attribute attribute = new Attribute(cells[1], cells[2], cells[3], cells[4].equals("Y"));
    TagMask mask = TagMask.parse(cells[0].toUpperCase(Locale.ROOT));
    if (mask.isExact()) {
      byTag.put(mask.value(), attribute);
      byKeyword.put(attribute.keyword(), mask.value());
    } else {
      repeating.add(new Masked(mask, attribute));
    }
  }
}
