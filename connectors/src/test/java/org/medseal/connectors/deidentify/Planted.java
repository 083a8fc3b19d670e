package org.medseal.connectors.deidentify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Invented identities from a seed, and the answer key of where none may be found. Names are letters
 * no medical word begins with; numbers are long enough to mean nobody by accident.
 */
public final class Planted {

  private final Random random;
  private final String patient;
  private final List<String> secrets = new ArrayList<>();
  private final List<String> clinical = new ArrayList<>();

  public Planted(long seed) {
    this.random = new Random(seed);
    this.patient = name();
  }

  /** The patient's family name, for texts that name somebody the message knows. */
  public String patient() {
    return patient;
  }

  public String name() {
    StringBuilder name = new StringBuilder("Xq");
    int syllables = 2 + random.nextInt(3);
    for (int i = 0; i < syllables; i++) {
      name.append("bdfgklmnprstvz".charAt(random.nextInt(14)))
          .append("aeiou".charAt(random.nextInt(5)));
    }
    return secret(name.toString());
  }

  public String han() {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      name.append("龘靐齉爩麤龖厵灪".charAt(random.nextInt(8)));
    }
    return secret(name.toString());
  }

  public String number(int digits) {
    StringBuilder out = new StringBuilder().append((char) ('1' + random.nextInt(9)));
    while (out.length() < digits) {
      out.append((char) ('0' + random.nextInt(10)));
    }
    return secret(out.toString());
  }

  public String street() {
    return secret(random.nextInt(900) + " " + name() + " Road");
  }

  public String phone() {
    return secret("0" + number(3) + "-" + number(7));
  }

  /** A date of birth as YYYYMMDD. */
  public String birthDate() {
    return secret(
        String.format(
            Locale.ROOT,
            "%d%02d%02d",
            1940 + random.nextInt(70),
            1 + random.nextInt(12),
            1 + random.nextInt(28)));
  }

  public String secret(String value) {
    secrets.add(value);
    return value;
  }

  /** A measured value; the answer key wants it in the record. */
  public String measured() {
    return clinical((1 + random.nextInt(400)) + "." + random.nextInt(10));
  }

  public String clinical(String value) {
    clinical.add(value);
    return value;
  }

  public int upTo(int bound) {
    return random.nextInt(bound);
  }

  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  public List<String> secrets() {
    return secrets;
  }

  public List<String> clinical() {
    return clinical;
  }

  /** The secrets a text still shows, also without case and separators. */
  public List<String> leaks(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    String joined = plain.replaceAll("[^\\p{L}\\p{N}|\\r\\n\"]", "");
    return secrets.stream()
        .filter(
            s -> {
              String secret = s.toLowerCase(Locale.ROOT);
              String bare = secret.replaceAll("[^\\p{L}\\p{N}]", "");
              boolean searched =
                  bare.codePoints().anyMatch(Character::isIdeographic) || bare.length() >= 4;
              boolean number = bare.chars().allMatch(Character::isDigit);
              return searched
                  && (!number || bare.length() >= 6)
                  && (plain.contains(secret) || joined.contains(bare));
            })
        .toList();
  }
}
