package org.medseal.pages.clinical.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a resource or a Bundle from its start, one entry at a time: only the entries of the part
 * that is asked for are kept.
 */
public final class FhirReader {
  /** Resources on a page. */
  static final int PART_SIZE = 50;

  private static final int MOST_DEPTH = 100;
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
              .build());

  private final FhirNames names;
  private final int part;
  private final List<Entry> kept = new ArrayList<>();
  private final Anchors anchors = new Anchors();
  private final SortedMap<String, Integer> counts = new TreeMap<>();
  private int resources;

  /** A resource and its number in the record, from 1. */
  private record Entry(int number, JsonNode resource) {}

  private FhirReader(Locale locale, int part) {
    this.names = new FhirNames(locale);
    this.part = part;
  }

  /**
   * The part's cards; a part that is not there is the last one. What is no JSON gives no cards.
   *
   * @param json not closed; what is not read is left in it
   * @param part from 1
   */
  public static FhirView read(InputStream json, Locale locale, int part) throws IOException {
    FhirReader reader = new FhirReader(locale, part);
    return reader.view(reader.readWhole(json));
  }

  private boolean readWhole(InputStream json) throws IOException {
    try (JsonParser in = MAPPER.createParser(json).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      ObjectNode top = MAPPER.createObjectNode();
      boolean whole = readTop(in, top);
      if (!top.path("resourceType").asText().equals("Bundle") && !top.isEmpty()) {
        add(top, "");
      }
      return whole;
    } catch (JsonProcessingException malformed) {
      return false;
    }
  }

  /** All but the entries into {@code top}; false where the text ends or goes wrong before. */
  private boolean readTop(JsonParser in, ObjectNode top) throws IOException {
    try {
      for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
        JsonToken value = in.nextToken();
        if (field.equals("entry") && value == JsonToken.START_ARRAY) {
          while (in.nextToken() == JsonToken.START_OBJECT) {
            JsonNode entry = in.readValueAsTree();
            add(entry.path("resource"), entry.path("fullUrl").asText());
          }
        } else {
          top.set(field, in.readValueAsTree());
        }
      }
      return in.currentToken() == JsonToken.END_OBJECT;
    } catch (JsonProcessingException malformed) {
      return false;
    }
  }

  private void add(JsonNode resource, String fullUrl) {
    if (!resource.isObject()) {
      return;
    }
    resources++;
    counts.merge(names.type(resource.path("resourceType").asText()), 1, Integer::sum);
    anchors.add(resources, resource, fullUrl);
    // The last part may turn out to be the one to show, so the latest entries are always kept.
    if (partOf(resources) <= part) {
      kept.removeIf(entry -> partOf(entry.number()) < partOf(resources));
      kept.add(new Entry(resources, resource));
    }
  }

  private static int partOf(int number) {
    return (number - 1) / PART_SIZE + 1;
  }

  private FhirView view(boolean whole) {
    int parts = Math.max(1, partOf(resources));
    int shown = Math.max(1, Math.min(part, parts));
    Cards cards = new Cards(names, anchors, shown);
    List<Card> all =
        kept.stream().map(entry -> cards.of(entry.number(), entry.resource())).toList();
    return new FhirView(all, shown, parts, counts, whole);
  }
}
