package org.medseal.ledger.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.proof.ProofException.Reason;

/** A JSON object of a proof read strictly: every key once, none left over, every count bounded. */
final class ProofFields {
  private final JsonNode node;
  private final Set<String> asked = new TreeSet<>();

  private ProofFields(JsonNode node) {
    this.node = node;
    if (!node.isObject()) {
      throw malformed("an object is expected");
    }
  }

  static <T> T read(JsonNode node, Function<ProofFields, T> reader) {
    ProofFields fields = new ProofFields(node);
    T value = reader.apply(fields);
    for (Iterator<String> keys = node.fieldNames(); keys.hasNext(); ) {
      if (!fields.asked.contains(keys.next())) {
        throw malformed("a key is not one of a proof's");
      }
    }
    return value;
  }

  static ProofException malformed(String what) {
    return new ProofException(Reason.MALFORMED, "not a proof file of this version: " + what);
  }

  String text(String key) {
    return text(value(key), key);
  }

  private static String text(JsonNode value, String key) {
    if (!value.isTextual()) {
      throw malformed(key + " must be text");
    }
    return value.textValue();
  }

  long number(String key) {
    JsonNode value = value(key);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw malformed(key + " must be a whole number from 0");
    }
    return value.longValue();
  }

  Hash hash(String key) {
    return hash(value(key), key);
  }

  List<Hash> hashes(String key, int most) {
    return list(key, most, each -> hash(each, key));
  }

  private static Hash hash(JsonNode value, String key) {
    Bytes bytes = bytes(value, key);
    if (bytes.length() != Hash.LENGTH) {
      throw malformed(key + " must be " + Hash.LENGTH + " bytes");
    }
    return new Hash(bytes);
  }

  /** An object in its canonical binary form. */
  <T> T canonical(String key, Function<CanonicalReader, T> reader) {
    return canonical(value(key), key, reader);
  }

  <T> List<T> canonicals(String key, int most, Function<CanonicalReader, T> reader) {
    return list(key, most, each -> canonical(each, key, reader));
  }

  private static <T> T canonical(JsonNode value, String key, Function<CanonicalReader, T> reader) {
    try {
      CanonicalReader in = new CanonicalReader(bytes(value, key).toArray());
      T read = reader.apply(in);
      in.end();
      return read;
    } catch (CodecException | IllegalArgumentException e) {
      throw new ProofException(
          Reason.MALFORMED, "not a proof file of this version: " + key + " does not decode", e);
    }
  }

  <T> T object(String key, Function<ProofFields, T> reader) {
    return read(value(key), reader);
  }

  <T> List<T> objects(String key, int most, Function<ProofFields, T> reader) {
    return list(key, most, each -> read(each, reader));
  }

  private <T> List<T> list(String key, int most, Function<JsonNode, T> reader) {
    JsonNode values = value(key);
    if (!values.isArray() || values.size() > most) {
      throw malformed(key + " must be a list of at most " + most);
    }
    List<T> elements = new ArrayList<>();
    values.forEach(each -> elements.add(reader.apply(each)));
    return elements;
  }

  private static Bytes bytes(JsonNode value, String key) {
    try {
      return Bytes.fromHex(text(value, key));
    } catch (IllegalArgumentException e) {
      throw malformed(key + " must be hexadecimal");
    }
  }

  private JsonNode value(String key) {
    asked.add(key);
    JsonNode value = node.get(key);
    if (value == null) {
      throw malformed(key + " is missing");
    }
    return value;
  }
}
