package org.medseal.connectors.deidentify;

import java.util.List;
import java.util.Objects;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.crypto.pseudonym.Pseudonym;

/**
 * One clinical document without identity. {@code taggable} holds the national identifiers'
 * pseudonyms in the order of identifiers.yaml, four at most; {@code patient} is that of the first
 * identifier and never leaves the node; {@code identifiers} are for the encrypted local index only.
 */
@SuppressWarnings("ArrayRecordComponent") // written once, handed to the sealing step, never shared
public record DeidentifiedRecord(
    Format format,
    byte[] content,
    String mediaType,
    List<Pseudonym> taggable,
    Pseudonym patient,
    List<PatientIdentifier> identifiers,
    RuleReport report) {

  /** Tags a record carries, used or random (DESIGN section 4). */
  public static final int MAX_TAGGABLE = 4;

  public DeidentifiedRecord {
    Objects.requireNonNull(format);
    Objects.requireNonNull(content);
    Objects.requireNonNull(patient);
    taggable = List.copyOf(taggable);
    identifiers = List.copyOf(identifiers);
    if (taggable.size() > MAX_TAGGABLE || identifiers.isEmpty()) {
      throw new IllegalArgumentException(
          "four taggable pseudonyms at most, one identifier at least");
    }
  }

  @Override
  public String toString() {
    return "DeidentifiedRecord[" + format + ", " + content.length + " bytes]";
  }
}
