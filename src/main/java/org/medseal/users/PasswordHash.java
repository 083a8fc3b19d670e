package org.medseal.users;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id in the PHC string form, with OWASP's parameters by default. Few run at once, so that a
 * flood of logins costs neither the memory nor all processors of the node.
 */
final class PasswordHash {
  private static final int SALT_LENGTH = 16;
  private static final int HASH_LENGTH = 32;
  private static final int VERSION = Argon2Parameters.ARGON2_VERSION_13;
  private static final Base64.Encoder TO_TEXT = Base64.getEncoder().withoutPadding();
  private static final Base64.Decoder FROM_TEXT = Base64.getDecoder();

  /**
   * How costly a guess is.
   *
   * @param memoryKiB working memory of one computation
   */
  record Cost(int memoryKiB, int iterations, int lanes) {
    static final Cost OWASP = new Cost(19 * 1024, 2, 1);
  }

  private final Cost cost;
  private final SecureRandom random;
  private final Semaphore atOnce = new Semaphore(4, true);
  private final String decoy;

  PasswordHash(Cost cost, SecureRandom random) {
    this.cost = cost;
    this.random = random;
    byte[] salt = new byte[SALT_LENGTH];
    byte[] hash = new byte[HASH_LENGTH];
    random.nextBytes(salt);
    random.nextBytes(hash);
    this.decoy = text(cost, salt, hash);
  }

  String hash(String password) {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    return text(cost, salt, compute(password, salt, cost));
  }

  /** Constant time in the comparison. */
  boolean matches(String password, String stored) {
    Parsed parsed = parse(stored);
    return MessageDigest.isEqual(compute(password, parsed.salt(), parsed.cost()), parsed.hash());
  }

  /** What an unknown login is checked against: the same work, and no password matches. */
  String decoy() {
    return decoy;
  }

  private byte[] compute(String password, byte[] salt, Cost by) {
    byte[] clear = PasswordRules.normal(password).getBytes(StandardCharsets.UTF_8);
    atOnce.acquireUninterruptibly();
    try {
      Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
      argon2.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(VERSION)
              .withMemoryAsKB(by.memoryKiB())
              .withIterations(by.iterations())
              .withParallelism(by.lanes())
              .withSalt(salt)
              .build());
      byte[] hash = new byte[HASH_LENGTH];
      argon2.generateBytes(clear, hash);
      return hash;
    } finally {
      atOnce.release();
      Arrays.fill(clear, (byte) 0);
    }
  }

  private static String text(Cost by, byte[] salt, byte[] hash) {
    return "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            VERSION,
            by.memoryKiB(),
            by.iterations(),
            by.lanes(),
            TO_TEXT.encodeToString(salt),
            TO_TEXT.encodeToString(hash));
  }

  @SuppressWarnings("ArrayRecordComponent") // never leaves this class
  private record Parsed(Cost cost, byte[] salt, byte[] hash) {}

  private static Parsed parse(String stored) {
    String[] parts = stored.split("\\$", -1);
    if (parts.length != 6 || !parts[1].equals("argon2id") || !parts[2].equals("v=" + VERSION)) {
      throw new UserException(UserException.Reason.STORE, "A stored password hash is malformed.");
    }
    String[] numbers = parts[3].split(",", -1);
    Cost by =
        new Cost(number(numbers[0], "m="), number(numbers[1], "t="), number(numbers[2], "p="));
    return new Parsed(by, FROM_TEXT.decode(parts[4]), FROM_TEXT.decode(parts[5]));
  }

  private static int number(String text, String prefix) {
    return Integer.parseInt(text.substring(prefix.length()));
  }
}
