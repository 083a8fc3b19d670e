package org.medseal.pages.clinical.fhir;

import java.util.Locale;
import java.util.Map;
import org.medseal.pages.clinical.shown.NameTable;
import org.medseal.pages.clinical.shown.ShownText;

/** What FHIR R4 calls its resources and elements, in English and Chinese. */
final class FhirNames {
  private static final int MOST_CHARACTERS = 60;
  private static final Map<String, NameTable.Name> TYPES = table("resources.tsv");
  private static final Map<String, NameTable.Name> ELEMENTS = table("elements.tsv");

  private final Locale locale;

  FhirNames(Locale locale) {
    this.locale = locale;
  }

  String type(String resourceType) {
    return in(TYPES, resourceType);
  }

  /** A choice such as {@code effectiveDateTime} has the name of its stem. */
  String element(String name) {
    return in(ELEMENTS, ELEMENTS.containsKey(name) ? name : stem(name));
  }

  private String in(Map<String, NameTable.Name> table, String key) {
    NameTable.Name name = table.get(key);
    return name == null ? words(key) : name.in(locale);
  }

  private static String stem(String name) {
    for (int at = name.length() - 1; at > 0; at--) {
      if (Character.isUpperCase(name.charAt(at)) && ELEMENTS.containsKey(name.substring(0, at))) {
        return name.substring(0, at);
      }
    }
    return name;
  }

  /** {@code familyMemberHistory} is "Family member history". */
  private static String words(String camel) {
    StringBuilder words = new StringBuilder();
    String bounded = ShownText.of(camel, MOST_CHARACTERS).text();
    for (int at = 0; at < bounded.length(); at++) {
      char c = bounded.charAt(at);
      if (at == 0) {
        words.append(Character.toUpperCase(c));
      } else if (Character.isUpperCase(c) && Character.isLowerCase(bounded.charAt(at - 1))) {
        words.append(' ').append(Character.toLowerCase(c));
      } else {
        words.append(c);
      }
    }
    return words.toString();
  }

  private static Map<String, NameTable.Name> table(String resource) {
    return NameTable.read(FhirNames.class, resource);
  }
}
