package org.medseal.ledger.genesis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.medseal.ledger.genesis.GenesisException.Reason;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;

/** A JSON object read strictly: every key once, none left over; errors name file and key. */
final class JsonFields {
  private final JsonNode node;
  private final String file;
  private final String path;
  private final Set<String> asked = new TreeSet<>();

  private JsonFields(JsonNode node, String file, String path) {
    this.node = node;
    this.file = file;
    this.path = path;
    if (!node.isObject()) {
      throw malformed(path.isEmpty() ? "the file" : path, "must be an object");
    }
  }

  static JsonFields of(JsonNode root, String file) {
    return new JsonFields(root, file, "");
  }

  String text(String key) {
    JsonNode value = value(key);
    if (!value.isTextual()) {
      throw malformed(place(key), "must be text");
    }
    return value.textValue();
  }

  int int32(String key) {
    long value = int64(key);
    if (value > Integer.MAX_VALUE) {
      throw malformed(place(key), "is too large");
    }
    return (int) value;
  }

  /** Not negative. */
  long int64(String key) {
    JsonNode value = value(key);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw malformed(place(key), "must be a whole number from 0");
    }
    return value.longValue();
  }

  /** Lower-case hexadecimal, so that a value has one spelling. */
  Bytes bytes(String key) {
    String text = text(key);
    try {
      Bytes value = Bytes.fromHex(text);
      if (value.hex().equals(text)) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      throw malformed(place(key), "must be hexadecimal");
    }
    throw malformed(place(key), "must be lower-case hexadecimal");
  }

  Bytes bytes(String key, int length) {
    Bytes value = bytes(key);
    if (value.length() != length) {
      throw malformed(place(key), "must be " + length + " bytes, is " + value.length());
    }
    return value;
  }

  Hash hash(String key) {
    return new Hash(bytes(key, Hash.LENGTH));
  }

  <T> T object(String key, Function<JsonFields, T> reader) {
    return read(value(key), place(key), reader);
  }

  <T> List<T> list(String key, Function<JsonFields, T> reader) {
    JsonNode values = value(key);
    if (!values.isArray()) {
      throw malformed(place(key), "must be a list");
    }
    List<T> elements = new ArrayList<>();
    for (JsonNode each : values) {
      elements.add(read(each, place(key) + "[" + elements.size() + "]", reader));
    }
    return elements;
  }

  /** Fails if a key was not asked for. */
  void end() {
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!asked.contains(key)) {
        throw malformed(place(key), "is not a key of a genesis");
      }
    }
  }

  GenesisException malformed(String place, String what) {
    return new GenesisException(Reason.MALFORMED, file + ": " + place + " " + what);
  }

  String place(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private <T> T read(JsonNode value, String place, Function<JsonFields, T> reader) {
    JsonFields fields = new JsonFields(value, file, place);
    T read = reader.apply(fields);
    fields.end();
    return read;
  }

  private JsonNode value(String key) {
    asked.add(key);
    JsonNode value = node.get(key);
    if (value == null) {
      throw malformed(place(key), "is missing");
    }
    return value;
  }
}
