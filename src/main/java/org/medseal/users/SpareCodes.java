package org.medseal.users;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.medseal.crypto.Digests;

/**
 * Codes on paper for whoever has lost the authenticator app: 80 random bits each, one use, stored
 * as SHA-256. What writes runs inside a {@link PeopleDatabase#change}.
 */
final class SpareCodes {
  static final int COUNT = 10;
  private static final int CHARACTERS = 16;

  private final PeopleDatabase database;
  private final SecureRandom random;

  SpareCodes(PeopleDatabase database, SecureRandom random) {
    this.database = database;
    this.random = random;
  }

  /** Fresh ones instead of all earlier ones; they can be had only here. */
  List<String> replace(String userId) throws SQLException {
    remove(userId);
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      String code = Base32.random(CHARACTERS, random);
      database.execute("INSERT INTO spare_codes VALUES (?, ?)", userId, hash(userId, code));
      codes.add(grouped(code));
    }
    return codes;
  }

  /** Whether it was one of the user's, which is then gone. */
  boolean use(String userId, String shown) throws SQLException {
    String hash = hash(userId, canonical(shown));
    return database.execute("DELETE FROM spare_codes WHERE user_id = ? AND hash = ?", userId, hash)
        == 1;
  }

  int left(String userId) {
    return database
        .first("SELECT COUNT(*) FROM spare_codes WHERE user_id = ?", row -> row.getInt(1), userId)
        .orElse(0);
  }

  void remove(String userId) throws SQLException {
    database.execute("DELETE FROM spare_codes WHERE user_id = ?", userId);
  }

  /** Groups of four, as they are read aloud and typed. */
  static String grouped(String code) {
    return code.replaceAll("(.{4})(?=.)", "$1-");
  }

  /** However it was typed: case, hyphens and spaces do not matter. */
  static String canonical(String shown) {
    return shown.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
  }

  private static String hash(String userId, String code) {
    byte[] text = ("medseal-spare-code|" + userId + "|" + code).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Digests.sha256(text));
  }
}
