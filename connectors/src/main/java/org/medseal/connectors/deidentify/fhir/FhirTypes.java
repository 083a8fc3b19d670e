package org.medseal.connectors.deidentify.fhir;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;

/** What R4 defines, to check the paths of rule files. */
final class FhirTypes {

  private static final Set<String> ABSTRACT =
      Set.of("Resource", "DomainResource", "BackboneElement");

  /**
   * What R4 lets stand without a subject and what is nevertheless said of somebody: a result, a
   * stay, a document. Without one its sender forgot the patient.
   */
  private static final Set<String> CLINICAL =
      Set.of(
          "CarePlan",
          "CareTeam",
          "Composition",
          "DetectedIssue",
          "DiagnosticReport",
          "DocumentReference",
          "Encounter",
          "Media",
          "MedicationDispense",
          "Observation",
          "QuestionnaireResponse");

  private static final Set<String> PATIENT = Set.of("subject", "patient");

  private FhirTypes() {}

  static boolean isResource(String type) {
    return FhirParsing.R4.getResourceTypes().contains(type);
  }

  static boolean isType(String type) {
    return ABSTRACT.contains(type) || isResource(type) || element(type) != null;
  }

  private static BaseRuntimeElementDefinition<?> element(String type) {
    return FhirParsing.R4.getElementDefinition(type);
  }

  /** Whether this element must stand in a resource of this type for it to be about somebody. */
  static boolean isRequired(Resource resource, String name) {
    var child = FhirParsing.R4.getResourceDefinition(resource).getChildByName(name);
    boolean clinical = PATIENT.contains(name) && CLINICAL.contains(resource.fhirType());
    return child != null && (clinical || child.getMin() > 0);
  }

  static boolean has(String type, String path) {
    if (!isType(type)) {
      return false;
    }
    if (ABSTRACT.contains(type) || path.equals("*")) {
      return true;
    }
    BaseRuntimeElementDefinition<?> now =
        isResource(type) ? FhirParsing.R4.getResourceDefinition(type) : element(type);
    for (String name : path.split("\\.", -1)) {
      if (!(now instanceof BaseRuntimeElementCompositeDefinition<?> composite)) {
        return false;
      }
      var child = composite.getChildByName(name);
      if (child == null) {
        child = composite.getChildByName(name + "[x]");
      }
      if (child == null) {
        return false;
      }
      // A choice is named with its type (valueString), where the path goes on, or without (value).
      now = child.getValidChildNames().contains(name) ? child.getChildByName(name) : null;
    }
    return true;
  }
}
