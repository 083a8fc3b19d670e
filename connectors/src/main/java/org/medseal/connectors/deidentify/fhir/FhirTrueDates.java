package org.medseal.connectors.deidentify.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.DateShift;
import org.medseal.connectors.deidentify.PatientIdentity;
import org.medseal.connectors.deidentify.TrueDates;
import org.medseal.connectors.deidentify.rules.Method;
import org.medseal.connectors.deidentify.rules.Rule;
import org.medseal.crypto.pseudonym.Pseudonym;

/** True dates of FHIR records: date, dateTime and instant wherever a rule shifted them. */
public final class FhirTrueDates implements TrueDates {
  private final FhirRules rules;

  private FhirTrueDates(FhirRules rules) {
    this.rules = rules;
  }

  /** DeidConfigException names file, line and key. */
  public static FhirTrueDates load(Path rulesYaml) {
    return new FhirTrueDates(FhirRules.load(rulesYaml));
  }

  @Override
  public String ruleSetId() {
    return rules.id();
  }

  @Override
  public Content restored(Content record, List<Pseudonym> candidates) {
    Resource root = parsed(TrueDates.onHeap(record));
    DateShift back = DateShift.undoing(patient(root, candidates).dateOffsetDays());
    for (Resource resource : resources(root)) {
      restore(resource.fhirType(), resource, resource, back);
    }
    return Content.of(parser().encodeResourceToString(root).getBytes(StandardCharsets.UTF_8));
  }

  private static Resource parsed(byte[] json) {
    try {
      return (Resource) parser().parseResource(new String(json, StandardCharsets.UTF_8));
    } catch (DataFormatException e) {
      throw TrueDates.unreadable();
    }
  }

  /** Nothing but the dates is to differ, so ids are not taken from full URLs. */
  private static IParser parser() {
    return FhirParsing.R4
        .newJsonParser()
        .setOverrideResourceIdWithBundleEntryFullUrl(false)
        .setStripVersionsFromReferences(false);
  }

  /** The patient's own identifier, or that of a reference to the patient. */
  private static Pseudonym patient(Resource root, List<Pseudonym> candidates) {
    List<String> inRecord = new ArrayList<>();
    FhirTree.visit(
        root,
        node -> {
          if (node instanceof Identifier identifier && identifier.hasValue()) {
            inRecord.add(identifier.getValue());
          }
        });
    return TrueDates.named(
        inRecord.stream()
            .filter(
                value ->
                    candidates.stream()
                        .anyMatch(each -> PatientIdentity.inRecord(each).equals(value)))
            .findFirst()
            .orElse(""),
        candidates);
  }

  private static List<Resource> resources(Resource root) {
    return root instanceof Bundle bundle
        ? bundle.getEntry().stream()
            .map(Bundle.BundleEntryComponent::getResource)
            .flatMap(each -> Optional.ofNullable(each).stream())
            .toList()
        : List.of(root);
  }

  /** As the copy went: the rule of each element by its place, its type and its resource. */
  private void restore(String path, Base node, Resource resource, DateShift back) {
    String type = FhirTree.type(node);
    for (Property property : node.children()) {
      String name = FhirTree.name(property);
      for (Base value : property.getValues()) {
        String place = path + "." + name;
        Optional<Rule> rule =
            rules.ruleFor(place, type + "." + name, FhirTree.type(value), resource);
        if (value instanceof Resource contained) {
          restore(contained.fhirType(), contained, contained, back);
        } else if (value.isPrimitive()) {
          rule.filter(each -> each.method() == Method.SHIFT_DATE)
              .flatMap(each -> back.iso(FhirTree.primitive(value)))
              .ifPresent(date -> ((PrimitiveType<?>) value).setValueAsString(date));
        } else if (rule.filter(each -> each.method() == Method.KEEP).isPresent()) {
          restore(place, value, resource, back);
        }
      }
    }
  }
}
