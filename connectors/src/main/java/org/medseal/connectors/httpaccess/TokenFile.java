package org.medseal.connectors.httpaccess;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Bearer tokens by their SHA-256, so that the file gives none away: a line each of a name and 64
 * hex digits, as {@code printf %s TOKEN | sha256sum} says them; empty lines and those after a #
 * count for nothing. Tokens are to be random, 128 bits at least. Read at every request, so that one
 * taken out is refused at once.
 */
public record TokenFile(Path file) {
  private static final int MOST_BYTES = 1 << 20;

  /** IllegalArgumentException naming the file and the line that cannot be used. */
  public void require() {
    if (digests().isEmpty()) {
      throw new IllegalArgumentException(file + " holds no token");
    }
  }

  /** Nobody's where the file cannot be read. */
  boolean holds(String token) {
    byte[] carried = sha256(token);
    boolean known = false;
    try {
      // All of them are compared, so that the time says nothing of which.
      for (byte[] digest : digests()) {
        known |= MessageDigest.isEqual(digest, carried);
      }
    } catch (IllegalArgumentException e) {
      return false; // closed while nobody can say what the tokens are
    }
    return known;
  }

  private List<byte[]> digests() {
    List<byte[]> all = new ArrayList<>();
    int number = 0;
    for (String line : text().split("\n", -1)) {
      number++;
      String bare = line.strip();
      if (bare.isEmpty() || bare.startsWith("#")) {
        continue;
      }
      String[] words = bare.split("\\s+", -1);
      if (words.length != 2 || !words[1].matches("[0-9a-fA-F]{64}")) {
        throw new IllegalArgumentException(
            file + " line " + number + ": a name and the SHA-256 of a token are wanted");
      }
      all.add(HexFormat.of().parseHex(words[1]));
    }
    return all;
  }

  private String text() {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    }
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
