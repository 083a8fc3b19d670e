package org.medseal.pages.clinical.hl7;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.medseal.pages.clinical.shown.NameTable;

/**
 * What HL7 v2 calls its segments, fields and components (chapters 2 to 12 of version 2.5.1), in
 * English and Chinese.
 */
final class Hl7Names {
  private static final Map<String, NameTable.Name> SEGMENTS = table("segments.tsv");
  private static final Map<String, NameTable.Name> FIELDS = table("fields.tsv");
  private static final Map<String, NameTable.Name> COMPONENTS = table("components.tsv");

  private final Locale locale;

  Hl7Names(Locale locale) {
    this.locale = locale;
  }

  /** Empty for a segment this table does not hold, such as a local Z segment. */
  String segment(String id) {
    return name(SEGMENTS, id);
  }

  /** Empty for a field this table does not hold. */
  String field(String segment, int position) {
    return name(FIELDS, segment + "-" + position);
  }

  /** The data type of a field; empty where it is not known or varies. */
  String type(String segment, int position) {
    return Optional.ofNullable(FIELDS.get(segment + "-" + position))
        .map(NameTable.Name::type)
        .orElse("");
  }

  /** Empty for a component of a data type this table does not hold. */
  String component(String type, int position) {
    return name(COMPONENTS, type + "-" + position);
  }

  private String name(Map<String, NameTable.Name> table, String key) {
    return Optional.ofNullable(table.get(key)).map(name -> name.in(locale)).orElse("");
  }

  private static Map<String, NameTable.Name> table(String resource) {
    return NameTable.read(Hl7Names.class, resource);
  }
}
