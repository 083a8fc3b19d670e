package org.medseal.connectors.deidentify.fhir;

import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseReference;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Walking R4 resources and types through their generic properties. */
final class FhirTree {

  private FhirTree() {}

  /** The element's name without the mark of a choice: {@code value}, not {@code value[x]}. */
  static String name(Property property) {
    String name = property.getName();
    return name.endsWith("[x]") ? name.substring(0, name.length() - 3) : name;
  }

  /** The FHIR type; elements defined within a resource or type are BackboneElement. */
  static String type(Base node) {
    String type = node.fhirType();
    return type.indexOf('.') >= 0 ? "BackboneElement" : type;
  }

  static String primitive(Base node) {
    String value = node.primitiveValue();
    return value == null ? "" : value;
  }

  /** Visits a node and everything below it: contained resources, extensions of primitives too. */
  static void visit(Base node, Consumer<Base> visitor) {
    visitor.accept(node);
    if (node.isPrimitive()) {
      if (node instanceof Element primitive) {
        primitive.getExtension().forEach(e -> visit(e, visitor));
      }
      return;
    }
    for (Property property : node.children()) {
      for (Base child : property.getValues()) {
        visit(child, visitor);
      }
    }
  }

  static String reference(Reference reference) {
    String value = ((BaseReference) reference).getReferenceElement().getValue();
    String text = reference.getReference() == null ? value : reference.getReference();
    return text == null ? "" : text.strip();
  }

  /** The id as written, without type, base and version. */
  static String id(Resource resource) {
    String id = resource.getIdElement().getIdPart();
    return id == null ? "" : id.startsWith("#") ? id.substring(1) : id;
  }

  static List<Base> values(Base node, String name) {
    for (Property property : node.children()) {
      if (name(property).equals(name)) {
        return List.copyOf(property.getValues());
      }
    }
    return List.of();
  }
}
