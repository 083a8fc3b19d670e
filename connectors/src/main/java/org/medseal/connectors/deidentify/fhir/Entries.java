package org.medseal.connectors.deidentify.fhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * The resources of one message and how its references name them. A key is the absolute URL or URN,
 * else Type/id; literal versions are left out, and so is the feed's own base URL.
 */
final class Entries {

  /** One resource; {@code base} is that of its full URL and empty if it has none. */
  record Entry(Resource resource, String key, String base, List<Reference> references) {}

  private final List<Entry> all = new ArrayList<>();
  private final Map<String, Entry> byKey = new HashMap<>();
  private final String feedBase;

  private Entries(String feedBase) {
    this.feedBase = feedBase;
  }

  static Entries of(Resource resource, Optional<String> baseUrl) {
    String base = baseUrl.map(u -> u.endsWith("/") ? u : u + "/").orElse("");
    Entries entries = new Entries(base);
    entries.add(resource, "");
    return entries;
  }

  private void add(Resource resource, String fullUrl) {
    if (resource instanceof Bundle bundle) {
      for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
        if (entry.getResource() != null) {
          add(entry.getResource(), entry.getFullUrl() == null ? "" : entry.getFullUrl().strip());
        }
      }
      return;
    }
    String literal = resource.fhirType() + "/" + FhirTree.id(resource);
    boolean hasId = !FhirTree.id(resource).isEmpty();
    String key = fullUrl.isEmpty() ? literal : withoutFeedBase(withoutVersion(fullUrl));
    if (!hasId && fullUrl.isEmpty()) {
      key = resource.fhirType() + "/#" + all.size();
    }
    String base =
        key.contains("://") && key.endsWith("/" + literal)
            ? key.substring(0, key.length() - literal.length())
            : "";
    List<Reference> references = new ArrayList<>();
    FhirTree.visit(
        resource,
        node -> {
          if (node instanceof Reference reference) {
            references.add(reference);
          }
        });
    Entry entry = new Entry(resource, key, base, List.copyOf(references));
    all.add(entry);
    byKey.putIfAbsent(key, entry);
    if (hasId && base.isEmpty()) {
      byKey.putIfAbsent(literal, entry);
    }
  }

  List<Entry> all() {
    return all;
  }

  Optional<Entry> at(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  /**
   * The key a reference within an entry means; empty for contained, logical and conditional ones.
   */
  Optional<String> key(Entry from, Reference reference) {
    String text = FhirTree.reference(reference);
    if (text.isEmpty() || text.startsWith("#") || text.indexOf('?') >= 0) {
      return Optional.empty();
    }
    String plain = withoutFeedBase(withoutVersion(text));
    if (plain.contains("://") || plain.startsWith("urn:")) {
      return Optional.of(byKey.containsKey(plain) ? byKey.get(plain).key() : plain);
    }
    String absolute = from.base() + plain;
    Entry entry = byKey.getOrDefault(absolute, byKey.get(plain));
    return Optional.of(entry == null ? absolute : entry.key());
  }

  /** The contained resource a "#id" reference means. */
  static Optional<Resource> contained(Entry from, Reference reference) {
    String text = FhirTree.reference(reference);
    if (!text.startsWith("#") || !(from.resource() instanceof DomainResource domain)) {
      return Optional.empty();
    }
    return domain.getContained().stream()
        .filter(c -> FhirTree.id(c).equals(text.substring(1)))
        .findFirst();
  }

  /** The resource type a key or reference names; empty if it names none. */
  String type(String key, Reference reference) {
    Entry entry = byKey.get(key);
    if (entry != null) {
      return entry.resource().fhirType();
    }
    String[] parts = key.split("/", -1);
    if (parts.length >= 2 && FhirTypes.isResource(parts[parts.length - 2])) {
      return parts[parts.length - 2];
    }
    return reference.getType() == null ? "" : reference.getType();
  }

  private String withoutFeedBase(String url) {
    return !feedBase.isEmpty() && url.startsWith(feedBase) ? url.substring(feedBase.length()) : url;
  }

  private static String withoutVersion(String reference) {
    int history = reference.indexOf("/_history/");
    return history < 0 ? reference : reference.substring(0, history);
  }
}
