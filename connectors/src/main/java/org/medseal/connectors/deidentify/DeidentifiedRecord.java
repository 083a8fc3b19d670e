package org.medseal.connectors.deidentify;

import java.util.List;
import java.util.Objects;
import org.medseal.connectors.content.Content;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.crypto.pseudonym.Pseudonym;

/**
 * One clinical document without identity. {@code taggable} holds the national identifiers'
 * pseudonyms in the order of identifiers.yaml, four at most; {@code patient} is that of the first
 * identifier and never leaves the node; {@code identifiers} are for the encrypted local index only.
 */
public record DeidentifiedRecord(
    Format format,
    Content document,
    String mediaType,
    List<Pseudonym> taggable,
    Pseudonym patient,
    List<PatientIdentifier> identifiers,
    RuleReport report) {

  /** Tags a record carries, used or random (DESIGN section 4). */
  public static final int MAX_TAGGABLE = 4;

  public DeidentifiedRecord {
    Objects.requireNonNull(format);
    Objects.requireNonNull(document);
    Objects.requireNonNull(patient);
    taggable = List.copyOf(taggable);
    identifiers = List.copyOf(identifiers);
    if (taggable.size() > MAX_TAGGABLE || identifiers.isEmpty()) {
      throw new IllegalArgumentException(
          "four taggable pseudonyms at most, one identifier at least");
    }
  }

  /** Of a document in memory. */
  public DeidentifiedRecord(
      Format format,
      byte[] content,
      String mediaType,
      List<Pseudonym> taggable,
      Pseudonym patient,
      List<PatientIdentifier> identifiers,
      RuleReport report) {
    this(format, Content.of(content), mediaType, taggable, patient, identifiers, report);
  }

  /** The whole document on the heap; for images read {@link #document} piece by piece. */
  public byte[] content() {
    return document.bytes();
  }

  @Override
  public String toString() {
    return "DeidentifiedRecord[" + format + ", " + document.sizeBytes() + " bytes]";
  }
}
