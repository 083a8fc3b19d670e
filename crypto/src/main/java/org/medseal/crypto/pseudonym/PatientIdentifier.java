package org.medseal.crypto.pseudonym;

import java.util.Objects;

/**
 * A patient identifier in canonical form: assigning authority (OID or URI), type (HL7 table 0203)
 * and the id itself, normalised as that authority's configuration says. {@code toString} shows
 * nothing of the id.
 */
public record PatientIdentifier(String authority, String idType, String id) {
  public PatientIdentifier {
    requireText(authority, "authority");
    Objects.requireNonNull(idType, "idType");
    requireText(id, "id");
  }

  private static void requireText(String value, String name) {
    if (Objects.requireNonNull(value, name).isBlank()) {
      throw new IllegalArgumentException("a patient identifier needs an " + name);
    }
  }

  @Override
  public String toString() {
    return "PatientIdentifier[" + authority + ", " + idType + "]";
  }
}
