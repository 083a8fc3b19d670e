package org.medseal.connectors.deidentify.fhir;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Person;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.medseal.connectors.deidentify.DateShift;
import org.medseal.connectors.deidentify.ResidualScan;

/** Gathers what identifies somebody in a source resource, for the residual scan. */
final class IdentityTerms {

  private static final int SHORTEST_RESOURCE_ID = 6;
  private static final Set<String> PEOPLE =
      Set.of("Patient", "Practitioner", "PractitionerRole", "RelatedPerson", "Person");
  private static final Set<String> PLACES =
      Set.of("Organization", "Location", "HealthcareService", "Endpoint", "CareTeam");

  /** What senders write into the display beside a name; records say the same of everybody. */
  private static final Set<String> NO_NAMES =
      Set.of("male", "female", "other", "unknown", "born", "aged", "years", "patient", "subject");

  private final ResidualScan.Builder scan = ResidualScan.builder();

  /** Codes in the resource at hand: servers name a medication by its RxNorm code. */
  private final Set<String> codes = new HashSet<>();

  private final Entries entries;
  private Entries.Entry entry;
  private final Set<LocalDate> birthDates = new HashSet<>();

  IdentityTerms(Entries entries) {
    this.entries = entries;
    entries.all().forEach(this::add);
  }

  private void add(Entries.Entry source) {
    entry = source;
    codes.clear();
    FhirTree.visit(source.resource(), this::code);
    FhirTree.visit(source.resource(), this::node);
  }

  ResidualScan scan() {
    return scan.build();
  }

  /** The patients' full dates of birth. */
  Set<LocalDate> birthDates() {
    return Set.copyOf(birthDates);
  }

  private void code(Base node) {
    if (node instanceof Coding coding && coding.hasCode()) {
      codes.add(coding.getCode());
    }
  }

  private void node(Base node) {
    if (node instanceof HumanName name) {
      name(name);
    } else if (node instanceof Address address) {
      address.getLine().forEach(line -> place(line.getValue()));
      place(address.getText());
      place(address.getCity());
      id(address.getPostalCode());
    } else if (node instanceof ContactPoint contact) {
      if (contact.hasValue()) {
        scan.phone(contact.getValue());
        scan.id(contact.getValue().split("@", 2)[0]);
      }
    } else if (node instanceof Identifier identifier) {
      id(identifier.getValue());
    } else if (node instanceof Extension extension) {
      extension(extension);
    } else if (node instanceof Reference reference) {
      reference(reference);
    } else if (node instanceof Resource resource) {
      resource(resource);
    }
  }

  private void name(HumanName name) {
    String family = name.getFamily() == null ? "" : name.getFamily();
    scan.person(family);
    for (StringType given : name.getGiven()) {
      String text = given.getValue() == null ? "" : given.getValue();
      scan.person(text);
      if (!family.isEmpty() && !text.isEmpty()) {
        scan.id(family + text).id(text + family);
      }
    }
    if (name.getText() != null) {
      scan.person(name.getText());
    }
  }

  /**
   * A name or a part of an address that stands in an extension (mother's maiden name, own name).
   */
  private void extension(Extension extension) {
    if (!(extension.getValue() instanceof StringType text) || extension.getUrl() == null) {
      return;
    }
    String url = extension.getUrl().toLowerCase(Locale.ROOT);
    if (url.contains("adxp")) {
      place(text.getValue());
    } else if ((url.contains("name") || url.contains("iso21090-en")) && text.getValue() != null) {
      scan.person(text.getValue());
    }
  }

  private void reference(Reference reference) {
    if (reference.getDisplay() == null) {
      return;
    }
    String type = type(reference);
    if (PEOPLE.contains(type) || type.isEmpty()) {
      person(reference.getDisplay());
    }
    if (PLACES.contains(type) || type.isEmpty()) {
      scan.place(reference.getDisplay());
    }
  }

  /** The display whole, and the words of it that may be a name. */
  private void person(String display) {
    scan.id(display);
    for (String word : display.split("[^\\p{L}\\p{M}\\p{Nd}]+", -1)) {
      if (!NO_NAMES.contains(word.toLowerCase(Locale.ROOT))) {
        scan.person(word);
      }
    }
  }

  private String type(Reference reference) {
    String text = FhirTree.reference(reference);
    int search = text.indexOf('?');
    if (search > 0) {
      return text.substring(0, search);
    }
    return Entries.contained(entry, reference)
        .map(Resource::fhirType)
        .or(() -> entries.key(entry, reference).map(key -> entries.type(key, reference)))
        .orElseGet(() -> reference.getType() == null ? "" : reference.getType());
  }

  private void resource(Resource resource) {
    String id = FhirTree.id(resource);
    boolean itsCode = codes.contains(id) && !PEOPLE.contains(resource.fhirType());
    boolean telling = id.length() >= SHORTEST_RESOURCE_ID && !itsCode;
    if (telling && id.chars().anyMatch(Character::isDigit)) {
      scan.id(id);
    }
    if (resource instanceof Patient patient) {
      birth(patient.getBirthDateElement());
      DateShift.fullDate(text(patient.getBirthDateElement())).ifPresent(birthDates::add);
    } else if (resource instanceof RelatedPerson person) {
      birth(person.getBirthDateElement());
    } else if (resource instanceof Person person) {
      birth(person.getBirthDateElement());
    } else if (resource instanceof Practitioner practitioner) {
      birth(practitioner.getBirthDateElement());
    } else if (resource instanceof Organization organization) {
      place(organization.getName());
      organization.getAlias().forEach(alias -> place(alias.getValue()));
    } else if (resource instanceof Location location) {
      place(location.getName());
      location.getAlias().forEach(alias -> place(alias.getValue()));
    } else if (resource instanceof HealthcareService service) {
      place(service.getName());
    } else if (resource instanceof Endpoint endpoint) {
      place(endpoint.getName());
      place(endpoint.getAddress());
    } else if (resource instanceof Group group) {
      place(group.getName());
    } else if (resource instanceof Device device) {
      id(device.getSerialNumber());
      id(device.getDistinctIdentifier());
    } else if (resource instanceof Coverage coverage) {
      id(coverage.getSubscriberId());
    }
  }

  private void birth(DateType date) {
    scan.birthDate(text(date));
  }

  private static String text(DateType date) {
    return date.getValueAsString() == null ? "" : date.getValueAsString();
  }

  private void place(String value) {
    if (value != null) {
      scan.place(value);
    }
  }

  private void id(String value) {
    if (value != null) {
      scan.id(value);
    }
  }
}
