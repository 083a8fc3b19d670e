package org.medseal.connectors.deidentify.dicom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medseal.connectors.deidentify.rules.Method;
import org.medseal.connectors.dicom.DicomReader;
import org.medseal.connectors.dicom.TagMask;
import org.medseal.connectors.dicom.Vr;

/**
 * PS3.15 table E.1-1. Its conditional codes depend on the attribute's type in the IOD, which is not
 * looked up: of the allowed actions the one valid for every type is taken (X/Z becomes Z; X/D, Z/D
 * and X/Z/D become D), but a sequence goes wherever X is allowed. D keeps a sequence and treats
 * what is in it.
 */
final class ConfidentialityProfile {
  private record Row(TagMask mask, String basic, Map<ProfileOption, String> options) {}

  private final Map<Integer, Row> byTag = new HashMap<>();
  private final List<Row> repeating = new ArrayList<>();
  private final Set<ProfileOption> options;

  private ConfidentialityProfile(Set<ProfileOption> options) {
    this.options = Set.copyOf(options);
  }

  static ConfidentialityProfile with(Set<ProfileOption> options) {
    ConfidentialityProfile profile = new ConfidentialityProfile(options);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                DicomReader.class.getResourceAsStream("confidentiality-profile.tsv"),
                StandardCharsets.UTF_8))) {
      lines.lines().skip(1).filter(line -> !line.contains("WHERE")).forEach(profile::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return profile;
  }

  private void add(String line) {
    String[] cells = line.split("\t", -1);
    Map<ProfileOption, String> columns = new EnumMap<>(ProfileOption.class);
    for (ProfileOption option : ProfileOption.values()) {
      if (!cells[option.column()].isBlank()) {
        columns.put(option, cells[option.column()]);
      }
    }
    Row row = new Row(TagMask.parse(cells[0]), cells[1], columns);
    if (row.mask().isExact()) {
      byTag.put(row.mask().value(), row);
    } else {
      repeating.add(row);
    }
  }

  /** Empty where the table has no row. */
  Optional<Method> method(int tag, Vr vr) {
    Row row = byTag.get(tag);
    if (row == null) {
      row = repeating.stream().filter(r -> r.mask().matches(tag)).findFirst().orElse(null);
    }
    if (row == null) {
      return Optional.empty();
    }
    Row found = row;
    return Optional.of(byOption(found, vr).orElseGet(() -> basic(found.basic(), vr)));
  }

  private Optional<Method> byOption(Row row, Vr vr) {
    if (has(row, ProfileOption.RETAIN_PATIENT_CHARACTERISTICS, "K")) {
      return Optional.of(vr == Vr.AS ? Method.GENERALIZE : Method.KEEP);
    }
    if (has(row, ProfileOption.RETAIN_LONGITUDINAL_MODIFIED_DATES, "C")) {
      return switch (vr) {
        case DA, DT -> Optional.of(Method.SHIFT_DATE);
        case TM -> Optional.of(Method.KEEP);
        default -> Optional.empty();
      };
    }
    if (has(row, ProfileOption.CLEAN_STRUCTURED_CONTENT, "C") && vr == Vr.SQ) {
      return Optional.of(Method.KEEP);
    }
    return Optional.empty();
  }

  private boolean has(Row row, ProfileOption option, String code) {
    return options.contains(option) && code.equals(row.options().get(option));
  }

  private static Method basic(String code, Vr vr) {
    boolean sequence = vr == Vr.SQ;
    return switch (code) {
      case "X" -> Method.DROP;
      case "Z" -> Method.EMPTY;
      case "X/Z" -> sequence ? Method.DROP : Method.EMPTY;
      case "D", "Z/D" -> sequence ? Method.KEEP : Method.DUMMY;
      case "X/D", "X/Z/D" -> sequence ? Method.DROP : Method.DUMMY;
      case "U" -> sequence ? Method.KEEP : Method.MAP_UID;
      case "X/Z/U*" -> sequence ? Method.KEEP : Method.DROP;
      default -> throw new IllegalStateException("table E.1-1 holds an unknown code");
    };
  }
}
