package org.medseal.bench.deid;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The code systems whose codes a record must keep, as HL7 v2 (table 0396) and FHIR spell them. */
enum PublicSystem {
  LOINC("http://loinc.org", Set.of("LN", "LOINC")),
  SNOMED("http://snomed.info/sct", Set.of("SCT", "SNM", "SNOMED", "SNOMED-CT")),
  ICD(
      "http://hl7.org/fhir/sid/icd-",
      Set.of("I9", "I9C", "I9CDX", "I10", "I10C", "ICD9", "ICD10", "ICD-10", "ICD10CM")),
  RXNORM("http://www.nlm.nih.gov/research/umls/rxnorm", Set.of("RXNORM")),
  ATC("http://www.whocc.no/atc", Set.of("ATC", "WC")),
  CVX("http://hl7.org/fhir/sid/cvx", Set.of("CVX"));

  private final String uri;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<String> names;

  PublicSystem(String uri, Set<String> names) {
    this.uri = uri;
    this.names = names;
  }

  String uri() {
    return this == ICD ? uri + "10" : uri;
  }

  static Optional<PublicSystem> hl7(String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    return first(s -> s.names.contains(wanted));
  }

  static Optional<PublicSystem> fhir(String system) {
    return first(s -> s == ICD ? system.startsWith(s.uri) : system.equals(s.uri));
  }

  private static Optional<PublicSystem> first(java.util.function.Predicate<PublicSystem> wanted) {
    for (PublicSystem system : values()) {
      if (wanted.test(system)) {
        return Optional.of(system);
      }
    }
    return Optional.empty();
  }

  /** How an answer key notes a code. */
  String entry(String code) {
    return this + "|" + code;
  }

  /** How an answer key notes a number, however many zeros its end has. */
  static String number(String value) {
    return "number|" + new BigDecimal(value).stripTrailingZeros().toPlainString();
  }
}
