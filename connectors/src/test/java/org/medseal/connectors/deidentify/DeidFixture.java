package org.medseal.connectors.deidentify;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.pseudonym.PseudonymKey;

/** The shipped configuration with fixed keys. Tests run in the project's root folder. */
public final class DeidFixture {

  public static final Path CONFIG = Path.of("config");
  public static final FeedPolicy STRICT = FeedPolicy.of("lab", UnlistedAuthority.QUARANTINE);
  public static final FeedPolicy LOCAL = FeedPolicy.of("lab", UnlistedAuthority.LOCAL);

  private static final Deidentifiers SHIPPED = Deidentifiers.load(CONFIG, keys(1));

  private DeidFixture() {}

  public static DeidKeys keys(int seed) {
    return new DeidKeys(
        new PseudonymKey(1, "consortium", key(seed)), new PseudonymKey(0, "local", key(seed + 1)));
  }

  private static SecretBytes key(int seed) {
    byte[] key = new byte[32];
    java.util.Arrays.fill(key, (byte) seed);
    return SecretBytes.copyOf(key);
  }

  public static Deidentifier shipped(Format format) {
    return SHIPPED.forFormat(format);
  }

  public static IdentifierAuthorities authorities() {
    return IdentifierAuthorities.load(CONFIG.resolve("identifiers.yaml"));
  }

  /** The only record's text, or an error naming the other outcome. */
  public static String text(Outcome outcome) {
    return new String(record(outcome).content(), StandardCharsets.UTF_8);
  }

  public static DeidentifiedRecord record(Outcome outcome) {
    return only(outcome).orElseThrow(() -> new AssertionError("not released: " + outcome));
  }

  private static Optional<DeidentifiedRecord> only(Outcome outcome) {
    if (outcome instanceof Outcome.Released released) {
      List<DeidentifiedRecord> records = released.records();
      return records.size() == 1 ? Optional.of(records.get(0)) : Optional.empty();
    }
    return Optional.empty();
  }
}
