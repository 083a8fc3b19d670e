package org.medseal.connectors.deidentify.hl7;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.medseal.connectors.deidentify.ResidualScan;
import org.medseal.connectors.deidentify.hl7.Field.Component;
import org.medseal.connectors.deidentify.hl7.Field.Repetition;
import org.medseal.connectors.deidentify.rules.DeidConfigException;

/** Which fields of which segment hold identity, and of what kind: what the residual scan seeks. */
final class IdentityFields {

  private enum Kind {
    NAME,
    STAFF,
    ID,
    PHONE,
    ADDRESS,
    PLACE,
    BIRTHDATE
  }

  private record Place(int field, Kind kind) {}

  private final Map<String, List<Place>> bySegment = new HashMap<>();

  private IdentityFields() {}

  static IdentityFields of(Path file, Map<?, ?> setting) {
    IdentityFields out = new IdentityFields();
    setting.forEach(
        (name, paths) -> {
          String key = "identity." + name;
          Kind kind = kind(String.valueOf(name));
          if (kind == null || !(paths instanceof List<?> list)) {
            throw new DeidConfigException(file, 0, key, "is no known kind with a list of fields");
          }
          for (Object text : list) {
            Hl7Path path =
                Hl7Path.of(String.valueOf(text))
                    .orElseThrow(
                        () -> new DeidConfigException(file, 0, key, text + " is no field"));
            for (int field = path.from(); field <= Math.min(path.to(), path.from() + 99); field++) {
              out.bySegment
                  .computeIfAbsent(path.segment(), s -> new ArrayList<>())
                  .add(new Place(field, kind));
            }
          }
        });
    return out;
  }

  private static Kind kind(String name) {
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
        return kind;
      }
    }
    return null;
  }

  ResidualScan scanFor(Hl7Message message) {
    ResidualScan.Builder scan = ResidualScan.builder();
    for (Segment segment : message.segments()) {
      for (Place place : bySegment.getOrDefault(segment.name(), List.of())) {
        for (Repetition repetition : segment.field(place.field()).repetitions()) {
          add(scan, place.kind(), repetition);
        }
      }
    }
    return scan.build();
  }

  private static void add(ResidualScan.Builder scan, Kind kind, Repetition r) {
    switch (kind) {
      case NAME -> name(scan, r, 1);
      case STAFF -> {
        scan.id(r.text(1));
        name(scan, r, 2);
      }
      case ID -> {
        r.component(1).subcomponents().forEach(scan::id);
        r.component(2).subcomponents().forEach(scan::id);
        r.component(4).subcomponents().forEach(scan::place);
      }
      case PHONE -> {
        scan.phone(r.text(1)).id(r.text(4)).phone(r.text(6) + r.text(7)).phone(r.text(12));
        scan.id(r.text(7));
      }
      case ADDRESS -> {
        r.component(1).subcomponents().forEach(scan::place);
        scan.place(r.text(2)).place(r.text(3)).id(r.text(5));
      }
      case PLACE ->
          r.components().stream()
              .map(Component::subcomponents)
              .flatMap(List::stream)
              .forEach(scan::place);
      case BIRTHDATE -> scan.birthDate(r.text(1));
    }
  }

  /** Family name (with its subcomponents), given and further names, each and together. */
  private static void name(ResidualScan.Builder scan, Repetition r, int family) {
    r.component(family).subcomponents().forEach(scan::person);
    r.component(family + 1).subcomponents().forEach(scan::person);
    r.component(family + 2).subcomponents().forEach(scan::person);
    Optional.of(r.text(family + 1))
        .filter(given -> !given.isEmpty() && !r.text(family).isEmpty())
        .ifPresent(
            given -> {
              scan.id(r.text(family) + given);
              scan.id(given + r.text(family));
            });
  }
}
