package org.medseal.bench.deid;

import java.nio.file.Path;
import java.util.Arrays;
import org.medseal.connectors.deidentify.DeidKeys;
import org.medseal.connectors.deidentify.Deidentifiers;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.pseudonym.PseudonymKey;

/** The rules of a configuration folder, under keys that are the same each time. */
public final class ShippedRules {
  private static final byte KEY = 7;

  private ShippedRules() {}

  public static Deidentifiers load(Path config) {
    return Deidentifiers.load(
        config,
        new DeidKeys(
            new PseudonymKey(1, "consortium", key()), new PseudonymKey(0, "local", key())));
  }

  private static SecretBytes key() {
    byte[] key = new byte[32];
    Arrays.fill(key, KEY);
    return SecretBytes.copyOf(key);
  }
}
