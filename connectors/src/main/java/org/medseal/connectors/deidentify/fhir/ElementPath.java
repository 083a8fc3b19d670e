package org.medseal.connectors.deidentify.fhir;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;

/**
 * Where a FHIR rule applies: an element path from a resource or type ({@code Patient.name}, {@code
 * Quantity.value}, {@code Resource.id}), every child ({@code Patient.*}), every node of a type
 * ({@code nodesByType('HumanName')}), or a path from a resource that meets a condition ({@code
 * Observation.where(code.coding.code='21112-8').value}).
 */
record ElementPath(String root, String below, String nodeType, List<String> where, String equal) {

  private static final Pattern NODES = Pattern.compile("nodesByType\\('([A-Za-z0-9]+)'\\)");
  private static final Pattern PATH =
      Pattern.compile(
          "([A-Z][A-Za-z0-9]*)(?:\\.where\\(([a-z][A-Za-z.]*)='([^']*)'\\))?\\.([a-z][A-Za-z0-9.]*|\\*)");

  static Optional<ElementPath> of(String text) {
    Matcher nodes = NODES.matcher(text);
    if (nodes.matches()) {
      return FhirTypes.isType(nodes.group(1))
          ? Optional.of(new ElementPath("", "", nodes.group(1), List.of(), ""))
          : Optional.empty();
    }
    Matcher path = PATH.matcher(text);
    if (!path.matches() || !FhirTypes.has(path.group(1), path.group(4))) {
      return Optional.empty();
    }
    List<String> where =
        path.group(2) == null ? List.of() : List.of(path.group(2).split("\\.", -1));
    return Optional.of(
        new ElementPath(
            path.group(1), path.group(4), "", where, path.group(3) == null ? "" : path.group(3)));
  }

  /**
   * {@code place} is e.g. "Observation.value", {@code typed} "Observation.valueString", {@code
   * inType} "BackboneElement.value", {@code type} "string".
   */
  boolean matches(String place, String typed, String inType, String type) {
    if (!nodeType.isEmpty()) {
      return nodeType.equals(type);
    }
    if (below.equals("*")) {
      return place.startsWith(root + ".");
    }
    String own = root + "." + below;
    if (root.equals("Resource") || root.equals("DomainResource")) {
      return place.indexOf('.') == place.lastIndexOf('.') && place.endsWith("." + below);
    }
    return place.equals(own) || typed.equals(own) || inType.equals(own);
  }

  boolean conditional() {
    return !where.isEmpty();
  }

  boolean holds(Base resource) {
    return reaches(List.of(resource), 0);
  }

  private boolean reaches(List<Base> nodes, int depth) {
    for (Base node : nodes) {
      boolean found =
          depth == where.size()
              ? FhirTree.primitive(node).equals(equal)
              : reaches(FhirTree.values(node, where.get(depth)), depth + 1);
      if (found) {
        return true;
      }
    }
    return false;
  }
}
