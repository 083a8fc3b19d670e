package org.medseal.crypto.keystore;

import static org.medseal.crypto.LengthPrefixed.bytes;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.SecretBytes;

/** Users and named entries of a key file, in the clear. Not thread-safe. */
final class KeyFileContent {
  private final List<String> users;
  private final SortedMap<String, SecretBytes> entries;

  private KeyFileContent(List<String> users, SortedMap<String, SecretBytes> entries) {
    this.users = List.copyOf(users);
    this.entries = entries;
  }

  static KeyFileContent empty() {
    return new KeyFileContent(List.of(), new TreeMap<>());
  }

  KeyFileContent withUsers(List<String> logins) {
    return new KeyFileContent(logins, entries);
  }

  List<String> users() {
    return users;
  }

  Set<String> names() {
    return entries.keySet();
  }

  Optional<SecretBytes> find(String name) {
    return Optional.ofNullable(entries.get(name)).map(value -> value.use(SecretBytes::copyOf));
  }

  void put(String name, SecretBytes value) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a key needs a name");
    }
    SecretBytes replaced = entries.put(name, value.use(SecretBytes::copyOf));
    if (replaced != null) {
      replaced.close();
    }
  }

  void wipe() {
    entries.values().forEach(SecretBytes::close);
  }

  /** Four-byte counts and lengths, names in order; the caller wipes it. */
  byte[] encode() {
    int size = 8;
    for (String user : users) {
      size += 4 + bytes(user).length;
    }
    for (var entry : entries.entrySet()) {
      size += 8 + bytes(entry.getKey()).length + entry.getValue().length();
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.putInt(users.size());
    users.forEach(user -> putBytes(out, bytes(user)));
    out.putInt(entries.size());
    entries.forEach(
        (name, value) -> {
          putBytes(out, bytes(name));
          value.use(v -> putBytes(out, v));
        });
    return out.array();
  }

  static KeyFileContent decode(byte[] clear) throws KeyFileFormat.Refused {
    try {
      ByteBuffer in = ByteBuffer.wrap(clear);
      List<String> users = new ArrayList<>();
      for (int left = in.getInt(); left > 0; left--) {
        users.add(new String(takeBytes(in), StandardCharsets.UTF_8));
      }
      SortedMap<String, SecretBytes> entries = new TreeMap<>();
      for (int left = in.getInt(); left > 0; left--) {
        String name = new String(takeBytes(in), StandardCharsets.UTF_8);
        byte[] value = takeBytes(in);
        entries.put(name, SecretBytes.copyOf(value));
        Passphrases.wipe(value);
      }
      if (in.hasRemaining()) {
        throw new BufferUnderflowException();
      }
      return new KeyFileContent(users, entries);
    } catch (BufferUnderflowException e) {
      throw new KeyFileFormat.Refused(Reason.MALFORMED, "holds entries this version cannot read");
    }
  }

  private static ByteBuffer putBytes(ByteBuffer out, byte[] value) {
    return out.putInt(value.length).put(value);
  }

  private static byte[] takeBytes(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] value = new byte[length];
    in.get(value);
    return value;
  }
}
