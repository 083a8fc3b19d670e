package org.medseal.connectors.deidentify.fhir;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.medseal.connectors.deidentify.DateShift;
import org.medseal.connectors.deidentify.DisplayText;
import org.medseal.connectors.deidentify.PlainValues;
import org.medseal.connectors.deidentify.Units;
import org.medseal.connectors.deidentify.rules.Rule;

/**
 * Builds a resource anew from what the rules keep. Nothing is deleted from the source, so nothing
 * can be forgotten: an element that no rule names never gets into the copy.
 */
final class ElementCopy {

  private static final String DICOM_UID = "urn:dicom:uid";

  /** A number that answers a question; a longer one may be somebody's. */
  private static final Pattern ANSWER = Pattern.compile("-?\\d{1,6}(\\.\\d{1,8})?");

  private static final Pattern CHROMOSOME = Pattern.compile("\\d{1,9}");

  /** Instead of a number: error, below, above what can be measured. */
  private static final Set<String> SAMPLE_MARKS = Set.of("E", "L", "U");

  private final FhirRules rules;
  private final RecordFacts facts;
  private final IdMap ids;
  private final CodedValues coded;

  ElementCopy(FhirRules rules, RecordFacts facts, IdMap ids) {
    this.rules = rules;
    this.facts = facts;
    this.ids = ids;
    this.coded = new CodedValues(rules, facts);
  }

  /** Where the copy stands: the entry, the resource within it, the path from that resource. */
  private record At(Entries.Entry entry, Resource resource, String path) {
    At child(String name) {
      return new At(entry, resource, path + "." + name);
    }

    boolean isContained() {
      return resource != entry.resource();
    }
  }

  /** A patient known by nothing but a reference gets the pseudonym as well. */
  Resource resource(Entries.Entry entry) {
    Resource out = resource(new At(entry, entry.resource(), entry.resource().fhirType()));
    if (out instanceof Patient patient && !patient.hasIdentifier()) {
      patient.addIdentifier(new Identifier().setValue(facts.pseudonym()));
    }
    return out;
  }

  private Resource resource(At at) {
    Resource out = (Resource) empty(at.resource());
    children(at, at.resource(), out);
    return out;
  }

  private void children(At at, Base source, Base out) {
    String parent = FhirTree.type(source);
    boolean patientDone = false;
    for (Property property : source.children()) {
      String name = FhirTree.name(property);
      for (Base value : property.getValues()) {
        At place = at.child(name);
        if (name.equals("modifierExtension")) {
          throw new UnknownModifierException(place.path());
        }
        String type = FhirTree.type(value);
        Optional<Rule> rule = rules.ruleFor(place.path(), parent + "." + name, type, at.resource());
        if (rule.isEmpty()) {
          facts.counts().unnamed(place.path());
          continue;
        }
        boolean patient = rule.get().option("of", "").equals("patient");
        Optional<? extends Base> kept =
            patient && patientDone ? Optional.empty() : apply(place, rule.get(), value);
        patientDone |= patient;
        facts.counts().applied(place.path(), rule.get(), kept.isPresent());
        kept.ifPresent(made -> out.setProperty(property.getName(), made));
      }
    }
  }

  private Optional<? extends Base> apply(At at, Rule rule, Base value) {
    return switch (rule.method()) {
      case DROP, EMPTY -> Optional.empty();
      case DUMMY ->
          value instanceof StringType
              ? Optional.of(new StringType(facts.made(rule.option("value", "MEDSEAL"))))
              : Optional.empty();
      case KEEP -> keep(at, rule, value);
      case PSEUDONYM -> pseudonym(rule, value);
      case SHIFT_DATE -> date(value);
      case GENERALIZE -> generalize(value);
      case MAP_UID -> mapped(at, value);
      case ALLOW_VOCABULARY -> vocabulary(rule, value);
    };
  }

  private Optional<? extends Base> keep(At at, Rule rule, Base value) {
    if (value instanceof Resource contained) {
      return rules.keeps(contained.fhirType())
          ? Optional.of(resource(new At(at.entry(), contained, contained.fhirType())))
          : Optional.empty();
    }
    if (value.isPrimitive()) {
      return primitive(at, rule, (PrimitiveType<?>) value);
    }
    if (value instanceof CodeableConcept concept) {
      return coded.concept(concept, rule);
    }
    if (value instanceof Coding coding) {
      return coded.coding(coding);
    }
    if (value instanceof Quantity quantity) {
      return coded.quantity(quantity, (Quantity) empty(value));
    }
    if (value instanceof Money money) {
      boolean currency = money.hasCurrency() && money.getCurrency().matches("[A-Z]{3}");
      return Optional.of(
          new Money()
              .setValue(coded.number(money.getValue()).orElse(null))
              .setCurrency(currency ? money.getCurrency() : null));
    }
    if (value instanceof Extension extension && !rules.keepsExtension(extension.getUrl())) {
      return Optional.empty();
    }
    Base out = empty(value);
    if (value instanceof Extension extension) {
      ((Extension) out).setUrl(facts.made(extension.getUrl()));
    }
    try {
      children(at, value, out);
    } catch (UnknownModifierException e) {
      // Without its modifier the element could mean the opposite.
      facts.counts().add("(modified element) drop");
      return Optional.empty();
    }
    return out.isEmpty() ? Optional.empty() : Optional.of(out);
  }

  private Optional<Base> primitive(At at, Rule rule, PrimitiveType<?> value) {
    String text = FhirTree.primitive(value);
    boolean stays =
        switch (rule.option("as", "plain")) {
          case "unit" -> Units.isUnit(text);
          case "range" -> PlainValues.isRange(text) || rules.allowed(rule, text);
          case "samples" ->
              Arrays.stream(text.strip().split("\\s+"))
                  .allMatch(s -> SAMPLE_MARKS.contains(s) || PlainValues.isNumber(s));
          default -> plain(at, value, text);
        };
    if (text.isEmpty() || !stays) {
      return Optional.empty();
    }
    PrimitiveType<?> copy = (PrimitiveType<?>) value.copy();
    copy.setExtension(new ArrayList<>());
    copy.setId(null);
    return Optional.of(copy);
  }

  private boolean plain(At at, PrimitiveType<?> value, String text) {
    if (value instanceof Enumeration || value instanceof BooleanType) {
      facts.made(text);
      return true;
    }
    if (value instanceof CodeType) {
      return PlainValues.isToken(text) && !facts.scan().occursIn(text);
    }
    return switch (value.fhirType()) {
      case "time" -> PlainValues.isClock(text);
      case "decimal", "integer", "positiveInt", "unsignedInt" -> isNumber(at.path(), text);
      default -> false;
    };
  }

  /** Places in a chromosome have nine digits at most. */
  private static boolean isNumber(String path, String text) {
    if (path.startsWith("QuestionnaireResponse.")) {
      return ANSWER.matcher(text).matches();
    }
    return PlainValues.isNumber(text)
        || (path.startsWith("MolecularSequence.") && CHROMOSOME.matcher(text).matches());
  }

  private Optional<? extends Base> pseudonym(Rule rule, Base value) {
    if (rule.option("of", "number").equals("patient")) {
      return Optional.of(new Identifier().setValue(facts.pseudonym()));
    }
    String purpose = rule.option("purpose", "NUMBER");
    if (value instanceof Identifier identifier) {
      return identifier(purpose, identifier);
    }
    return value instanceof StringType
        ? Optional.of(new StringType(keyed(purpose, "", FhirTree.primitive(value))))
        : Optional.empty();
  }

  private Optional<Identifier> identifier(String purpose, Identifier source) {
    if (!source.hasValue()) {
      return Optional.empty();
    }
    String system = source.getSystem() == null ? "" : source.getSystem();
    if (system.equals(DICOM_UID)) {
      String uid = source.getValue().replaceFirst("^urn:oid:", "");
      return Optional.of(
          new Identifier()
              .setSystem(facts.made(DICOM_UID))
              .setValue(facts.made("urn:oid:" + facts.keyed().uid(uid))));
    }
    return Optional.of(new Identifier().setValue(keyed(purpose, system, source.getValue())));
  }

  private String keyed(String purpose, String system, String value) {
    return facts.made(facts.keyed().hex(purpose, system, value));
  }

  private Optional<Base> date(Base value) {
    Optional<String> shifted = facts.dates().iso(FhirTree.primitive(value));
    boolean whole = !value.fhirType().equals("instant");
    if (shifted.isEmpty() || !(whole || shifted.get().indexOf('T') > 0)) {
      facts.counts().add("(unreadable date) drop");
      return Optional.empty();
    }
    return Optional.of(primitive(value, facts.made(shifted.get())));
  }

  private Optional<? extends Base> generalize(Base value) {
    if (value instanceof Quantity age) {
      return coded.age(age, (Quantity) empty(value));
    }
    if (!value.isPrimitive()) {
      return Optional.empty();
    }
    return DateShift.birthYear(FhirTree.primitive(value), facts.referenceYear())
        .map(year -> primitive(value, facts.made(year)));
  }

  private Optional<? extends Base> mapped(At at, Base value) {
    if (value instanceof Reference reference) {
      return ids.reference(at.entry(), reference);
    }
    boolean own = at.path().equals(at.resource().fhirType() + ".id");
    if (own) {
      String id = at.isContained() ? ids.contained(at.resource()) : ids.id(at.entry());
      return Optional.of(new org.hl7.fhir.r4.model.IdType(id));
    }
    return Optional.of(primitive(value, facts.made(facts.keyed().uid(FhirTree.primitive(value)))));
  }

  private Optional<Base> vocabulary(Rule rule, Base value) {
    String text = FhirTree.primitive(value).strip();
    boolean numbers = rule.option("numbers", "false").equals("true");
    boolean word = rules.allowed(rule, text) && DisplayText.namesNobody(text, facts.scan());
    boolean allowed =
        value instanceof StringType && (word || (numbers && PlainValues.isMeasurement(text)));
    return allowed ? Optional.of(new StringType(text)) : Optional.empty();
  }

  private static Base primitive(Base like, String text) {
    PrimitiveType<?> out = (PrimitiveType<?>) empty(like);
    out.setValueAsString(text);
    return out;
  }

  private static Base empty(Base like) {
    try {
      return like.getClass().getDeclaredConstructor().newInstance();
    } catch (InstantiationException
        | IllegalAccessException
        | InvocationTargetException
        | NoSuchMethodException e) {
      throw new IllegalStateException("every R4 type has an empty constructor", e);
    }
  }

  /** An extension that changes what its element means, and that nobody here knows. */
  static final class UnknownModifierException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownModifierException(String path) {
      super(path, null, false, false);
    }
  }
}
