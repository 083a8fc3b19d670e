package org.medseal.bench.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.medseal.bench.deid.ShippedRules;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.Deidentifiers;
import org.medseal.connectors.deidentify.Format;

/** The targets by name, under the project's own rules. */
final class FuzzTargets {
  static final List<String> NAMES =
      List.of("mllp", "hl7", "hl7-files", "fhir-json", "fhir-xml", "ndjson");

  private FuzzTargets() {}

  static FuzzTarget named(String name) throws IOException {
    Deidentifiers rules = ShippedRules.load(Path.of("config"));
    Deidentifier hl7 = rules.forFormat(Format.HL7V2);
    Deidentifier fhir = rules.forFormat(Format.FHIR);
    return switch (name) {
      case "mllp" -> new MllpTarget(Seeds.shortHl7(), new DefaultCamelContext());
      case "hl7" -> new Hl7Target(Seeds.hl7(), hl7);
      case "hl7-files" -> new Hl7FileTarget(Seeds.hl7Files(), hl7);
      case "fhir-json" -> FhirTarget.json(Seeds.json(), fhir);
      case "fhir-xml" -> FhirTarget.xml(Seeds.xml(), fhir);
      case "ndjson" -> new NdjsonTarget(Seeds.json(), fhir);
      default -> throw new IllegalArgumentException("no target " + name + "; there are " + NAMES);
    };
  }
}
