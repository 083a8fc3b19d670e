package org.medseal.connectors.deidentify;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.medseal.connectors.deidentify.dicom.DicomDeidentifier;
import org.medseal.connectors.deidentify.fhir.FhirDeidentifier;
import org.medseal.connectors.deidentify.hl7.Hl7Deidentifier;

/** One de-identifier per format, from a configuration folder. */
public final class Deidentifiers {

  private final Map<Format, Deidentifier> byFormat;

  private Deidentifiers(Map<Format, Deidentifier> byFormat) {
    this.byFormat = byFormat;
  }

  /** {@code configDir} holds identifiers.yaml and deid/*.yaml; a mistake in one stops here. */
  public static Deidentifiers load(Path configDir, DeidKeys keys) {
    IdentifierAuthorities authorities =
        IdentifierAuthorities.load(configDir.resolve("identifiers.yaml"));
    Path rules = configDir.resolve("deid");
    Map<Format, Deidentifier> out = new EnumMap<>(Format.class);
    out.put(Format.HL7V2, Hl7Deidentifier.load(rules.resolve("hl7v2.yaml"), authorities, keys));
    out.put(Format.FHIR, FhirDeidentifier.load(rules.resolve("fhir.yaml"), authorities, keys));
    out.put(Format.DICOM, DicomDeidentifier.load(rules.resolve("dicom.yaml"), authorities, keys));
    return new Deidentifiers(out);
  }

  public Deidentifier forFormat(Format format) {
    return Optional.ofNullable(byFormat.get(format))
        .orElseThrow(() -> new IllegalArgumentException("no rules for " + format));
  }
}
