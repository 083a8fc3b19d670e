package org.medseal.connectors.fhirpush;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads a whole body once, so that it is known to be well-formed, and keeps the sketch. */
final class SketchReader {
  private static final String FHIR = "http://hl7.org/fhir";
  private static final int MAX_DEPTH = 500;
  private static final int MAX_ENTRIES = 100_000;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private String type = "";
  private Optional<String> id = Optional.empty();
  private Optional<String> bundleType = Optional.empty();
  private final List<ResourceSketch.Entry> entries = new ArrayList<>();
  private String entryType = "";
  private String entryMethod = "";

  private SketchReader() {}

  /** Empty when it is not well-formed or no FHIR resource. */
  static Optional<ResourceSketch> read(byte[] body) {
    SketchReader reader = new SketchReader();
    try {
      Optional<FhirSyntax> syntax = FhirSyntax.sniff(withoutMark(body));
      if (syntax.isEmpty()) {
        return Optional.empty();
      }
      if (syntax.get() == FhirSyntax.JSON) {
        reader.readJson(withoutMark(body));
      } else {
        reader.readXml(body);
      }
    } catch (IOException | XMLStreamException e) {
      return Optional.empty();
    }
    return reader.type.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ResourceSketch(reader.type, reader.id, reader.bundleType, reader.entries));
  }

  private static byte[] withoutMark(byte[] body) {
    boolean marked =
        body.length >= 3
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
  }

  private void readJson(byte[] body) throws IOException {
    try (JsonParser in = JSON.createParser(body)) {
      require(in.nextToken() == JsonToken.START_OBJECT);
      List<String> path = new ArrayList<>();
      while (in.nextToken() != null) {
        switch (in.currentToken()) {
          case START_OBJECT, START_ARRAY -> {
            path.add(in.currentName() == null ? "" : in.currentName());
            require(path.size() < MAX_DEPTH);
          }
          case END_OBJECT, END_ARRAY -> leave(path);
          case VALUE_STRING -> value(path, in.currentName(), in.getText());
          default -> {
            // names come with their values; other scalars are of no interest
          }
        }
      }
    }
  }

  private void leave(List<String> path) throws IOException {
    if (path.isEmpty()) {
      return; // the resource itself
    }
    path.remove(path.size() - 1);
    if (path.equals(List.of("entry"))) {
      endEntry();
    }
  }

  private void value(List<String> path, String name, String value) {
    if (path.isEmpty() && "resourceType".equals(name)) {
      type = value;
    } else if (path.isEmpty() && "id".equals(name)) {
      id = Optional.of(value);
    } else if (path.isEmpty() && "type".equals(name)) {
      bundleType = Optional.of(value);
    } else if (path.equals(List.of("entry", "", "resource")) && "resourceType".equals(name)) {
      entryType = value;
    } else if (path.equals(List.of("entry", "", "request")) && "method".equals(name)) {
      entryMethod = value;
    }
  }

  private void endEntry() throws IOException {
    entries.add(new ResourceSketch.Entry(entryType, entryMethod));
    entryType = "";
    entryMethod = "";
    require(entries.size() <= MAX_ENTRIES);
  }

  private void readXml(byte[] body) throws XMLStreamException, IOException {
    XMLStreamReader in = xmlInput().createXMLStreamReader(new ByteArrayInputStream(body));
    List<String> path = new ArrayList<>();
    while (in.hasNext()) {
      int event = in.next();
      require(event != XMLStreamConstants.DTD);
      if (event == XMLStreamConstants.START_ELEMENT) {
        path.add(in.getLocalName());
        require(path.size() < MAX_DEPTH);
        element(path, in);
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        if (path.size() == 2 && path.get(1).equals("entry")) {
          endEntry();
        }
        path.remove(path.size() - 1);
      }
    }
  }

  private void element(List<String> path, XMLStreamReader in) throws IOException {
    String value = in.getAttributeValue(null, "value");
    if (path.size() == 1) {
      require(FHIR.equals(in.getNamespaceURI()));
      type = path.get(0);
    } else if (path.size() == 2 && path.get(1).equals("id") && value != null) {
      id = Optional.of(value);
    } else if (path.size() == 2 && path.get(1).equals("type") && value != null) {
      bundleType = Optional.of(value);
    } else if (path.size() == 4 && path.subList(1, 3).equals(List.of("entry", "resource"))) {
      entryType = path.get(3);
    } else if (path.size() == 4
        && path.subList(1, 4).equals(List.of("entry", "request", "method"))
        && value != null) {
      entryMethod = value;
    }
  }

  private static XMLInputFactory xmlInput() {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  private static void require(boolean condition) throws IOException {
    if (!condition) {
      throw new IOException("not a FHIR resource within bounds");
    }
  }
}
