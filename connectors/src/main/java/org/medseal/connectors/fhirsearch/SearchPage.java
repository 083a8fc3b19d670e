package org.medseal.connectors.fhirsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One page of a search.
 *
 * @param next link to the following page, as the server wrote it
 */
record SearchPage(List<Found> found, Optional<String> next) {
  /**
   * One resource, byte for byte as the server sent it.
   *
   * @param lastUpdated of its meta, where that can be read
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once
  record Found(
      byte[] raw,
      String type,
      Optional<String> id,
      Optional<String> version,
      Optional<Instant> lastUpdated) {}

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** UNREADABLE unless the bytes are one whole Bundle. */
  static SearchPage read(byte[] body) throws SearchException {
    try (JsonParser in = JSON.createParser(body)) {
      return new Reader(body, in).page();
    } catch (IOException e) {
      throw SearchException.of(SearchException.Reason.UNREADABLE, "(not JSON to its end)");
    }
  }

  private static final class Reader {
    private final byte[] body;
    private final JsonParser in;
    private final List<Found> found = new ArrayList<>();
    private String type = "";
    private Optional<String> next = Optional.empty();

    Reader(byte[] body, JsonParser in) {
      this.body = body;
      this.in = in;
    }

    SearchPage page() throws IOException, SearchException {
      require(in.nextToken() == JsonToken.START_OBJECT);
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        JsonToken value = in.nextToken();
        switch (name) {
          case "resourceType" -> type = in.getValueAsString("");
          case "entry" -> each(value, this::entry);
          case "link" -> each(value, this::link);
          default -> in.skipChildren();
        }
      }
      require(in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null);
      require(type.equals("Bundle"));
      return new SearchPage(List.copyOf(found), next);
    }

    private interface Element {
      void read() throws IOException, SearchException;
    }

    private void each(JsonToken start, Element element) throws IOException, SearchException {
      require(start == JsonToken.START_ARRAY);
      while (in.nextToken() != JsonToken.END_ARRAY) {
        require(in.currentToken() == JsonToken.START_OBJECT);
        element.read();
      }
    }

    private void link() throws IOException {
      String relation = "";
      Optional<String> url = Optional.empty();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        if (name.equals("relation")) {
          relation = in.getValueAsString("");
        } else if (name.equals("url")) {
          url = Optional.ofNullable(in.getValueAsString());
        } else {
          in.skipChildren();
        }
      }
      if (relation.equals("next")) {
        next = url;
      }
    }

    /**
     * Takes what matched or was included; an OperationOutcome about the search is none of these.
     */
    private void entry() throws IOException, SearchException {
      Optional<Found> resource = Optional.empty();
      String mode = "";
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        if (name.equals("resource")) {
          resource = Optional.of(resource());
        } else if (name.equals("search")) {
          mode = mode();
        } else {
          in.skipChildren();
        }
      }
      if (!mode.equals("outcome")) {
        resource.filter(r -> !r.type().equals("OperationOutcome")).ifPresent(found::add);
      }
    }

    private String mode() throws IOException, SearchException {
      require(in.currentToken() == JsonToken.START_OBJECT);
      String mode = "";
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        mode = name.equals("mode") ? in.getValueAsString("") : mode;
        in.skipChildren();
      }
      return mode;
    }

    private Found resource() throws IOException, SearchException {
      require(in.currentToken() == JsonToken.START_OBJECT);
      int from = (int) in.currentTokenLocation().getByteOffset();
      String kind = "";
      Optional<String> id = Optional.empty();
      Meta meta = new Meta(Optional.empty(), Optional.empty());
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "resourceType" -> kind = in.getValueAsString("");
          case "id" -> id = Optional.ofNullable(in.getValueAsString());
          case "meta" -> meta = meta();
          default -> in.skipChildren();
        }
      }
      int to = (int) in.currentLocation().getByteOffset();
      byte[] raw = Arrays.copyOfRange(body, from, to);
      return new Found(raw, Objects.requireNonNull(kind), id, meta.version, meta.lastUpdated);
    }

    private record Meta(Optional<String> version, Optional<Instant> lastUpdated) {}

    private Meta meta() throws IOException, SearchException {
      require(in.currentToken() == JsonToken.START_OBJECT);
      Optional<String> version = Optional.empty();
      Optional<Instant> lastUpdated = Optional.empty();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        if (name.equals("versionId")) {
          version = Optional.ofNullable(in.getValueAsString());
        } else if (name.equals("lastUpdated")) {
          lastUpdated = instant(in.getValueAsString(""));
        }
        in.skipChildren();
      }
      return new Meta(version, lastUpdated);
    }

    private static Optional<Instant> instant(String text) {
      try {
        return Optional.of(OffsetDateTime.parse(text).toInstant());
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }

    private static void require(boolean condition) throws SearchException {
      if (!condition) {
        throw SearchException.of(SearchException.Reason.UNREADABLE, "(no searchset)");
      }
    }
  }
}
