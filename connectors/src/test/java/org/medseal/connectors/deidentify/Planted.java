package org.medseal.connectors.deidentify;

import java.util.Random;

/**
 * Invented identities from a seed. Names are letters no medical word begins with; numbers are long
 * enough to mean nobody by accident.
 */
public final class Planted {

  private final Random random;

  public Planted(long seed) {
    this.random = new Random(seed);
  }

  public String name() {
    StringBuilder name = new StringBuilder("Xq");
    int syllables = 2 + random.nextInt(3);
    for (int i = 0; i < syllables; i++) {
      name.append("bdfgklmnprstvz".charAt(random.nextInt(14)))
          .append("aeiou".charAt(random.nextInt(5)));
    }
    return name.toString();
  }

  public String han() {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      name.append("龘靐齉爩麤龖厵灪".charAt(random.nextInt(8)));
    }
    return name.toString();
  }

  public String number(int digits) {
    StringBuilder out = new StringBuilder().append((char) ('1' + random.nextInt(9)));
    while (out.length() < digits) {
      out.append((char) ('0' + random.nextInt(10)));
    }
    return out.toString();
  }

  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }
}
