package org.medseal.pages.clinical.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.pages.clinical.fhir.Card.Row;
import org.medseal.pages.clinical.fhir.Card.Value;
import org.medseal.pages.clinical.shown.ShownText;

/**
 * Makes cards of resources of any type: what is known by its shape reads well, the rest is shown.
 */
final class Cards {
  private static final int MOST_CONTAINED = 50;
  private static final int MOST_JSON = 200_000;
  private static final Set<String> ELSEWHERE =
      Set.of("resourceType", "text", "contained", "status", "id", "meta", "implicitRules");
  private static final Set<String> ELSEWHERE_WITH_GIST = Set.of("interpretation", "referenceRange");

  private final FhirNames names;
  private final Anchors anchors;
  private final int part;

  Cards(FhirNames names, Anchors anchors, int part) {
    this.names = names;
    this.anchors = anchors;
    this.part = part;
  }

  /** A way to another card, and what that is about. */
  record Link(String href, String title) {}

  Card of(int number, JsonNode resource) {
    List<Card> contained = new ArrayList<>();
    for (JsonNode inner : resource.path("contained")) {
      if (inner.isObject() && contained.size() < MOST_CONTAINED) {
        String anchor = Anchors.of(number, contained.size() + 1);
        contained.add(card(anchor, inner, rows(number, resource), List.of(), nothing()));
      }
    }
    ShownText json = ShownText.of(resource.toPrettyString(), MOST_JSON);
    return card(Anchors.of(number), resource, rows(number, resource), contained, json);
  }

  private Rows rows(int number, JsonNode resource) {
    return new Rows(names, reference -> link(reference, number, resource));
  }

  private static Card card(
      String anchor, JsonNode resource, Rows rows, List<Card> contained, ShownText json) {
    Card.Gist gist = Titles.gist(resource);
    List<Row> all = new ArrayList<>();
    rows.add(all, 0, resource, name -> !isElsewhere(name, gist));
    return new Card(
        anchor,
        rows.names().type(resource.path("resourceType").asText()),
        Titles.title(resource),
        gist,
        Titles.status(resource),
        all,
        contained,
        json);
  }

  private static boolean isElsewhere(String name, Card.Gist gist) {
    return ELSEWHERE.contains(name)
        || name.startsWith("_")
        || (!gist.value().isEmpty() && (isValue(name) || ELSEWHERE_WITH_GIST.contains(name)));
  }

  private static boolean isValue(String name) {
    return name.startsWith("value") && name.length() > 5 && Character.isUpperCase(name.charAt(5));
  }

  /** Empty for what is not in this record. */
  private Optional<Link> link(String reference, int number, JsonNode holder) {
    if (reference.startsWith("#")) {
      int place = 0;
      for (JsonNode inner : holder.path("contained")) {
        place++;
        if (inner.path("id").asText().equals(reference.substring(1)) && place <= MOST_CONTAINED) {
          return Optional.of(new Link("#" + Anchors.of(number, place), Titles.title(inner).text()));
        }
      }
      return Optional.empty();
    }
    return anchors.find(reference).map(this::link);
  }

  private Link link(Anchors.Target target) {
    int there = (target.number() - 1) / FhirReader.PART_SIZE + 1;
    String page = there == part ? "" : "?part=" + there;
    return new Link(page + "#" + Anchors.of(target.number()), target.title());
  }

  private static ShownText nothing() {
    return ShownText.of("", 0);
  }

  static Value value(String text, String detail) {
    return new Value(
        ShownText.of(text, Rows.MOST_CHARACTERS), ShownText.of(detail, Rows.MOST_CHARACTERS), "");
  }
}
