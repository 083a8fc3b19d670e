package org.medseal.users;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.medseal.crypto.aead.LocalCipher;
import org.medseal.users.UserException.Reason;

/**
 * Time-based second factors, their secrets encrypted under the storage key. One counts from the
 * moment its first code was shown back; each step's code works once. Thread-safe.
 */
public final class SecondFactors {
  private static final Pattern TOTP = Pattern.compile("[0-9]{3} ?[0-9]{3}");

  private final PeopleDatabase database;
  private final UserRows rows;
  private final Optional<LocalCipher> cipher;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final SpareCodes spares;

  SecondFactors(PeopleDatabase database, UserRows rows, Optional<LocalCipher> cipher, Clock clock) {
    this.database = database;
    this.rows = rows;
    this.cipher = cipher;
    this.clock = clock;
    this.spares = new SpareCodes(database, random);
  }

  /**
   * What an authenticator app is told; it can be had only here.
   *
   * @param secret base32
   * @param uri otpauth, as in a QR code
   */
  public record SetUp(String secret, String uri) {
    @Override
    public String toString() {
      return "SetUp[]";
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never leaves this class
  private record Row(byte[] sealed, boolean confirmed, long lastStep) {}

  /**
   * A fresh secret in place of one not confirmed; WRONG_STATE when one counts already. Inside a
   * change.
   */
  SetUp begin(User user, String institution) throws SQLException {
    byte[] secret = new byte[Totp.SECRET_BYTES];
    random.nextBytes(secret);
    try {
      if (isSetUp(user.id())) {
        throw wrongState("A second factor is set up already; remove it first.");
      }
      database.execute(
          "MERGE INTO second_factors (user_id, secret, confirmed, last_step) KEY (user_id) VALUES"
              + " (?, ?, FALSE, 0)",
          user.id(),
          cipher().seal(context(user.id()), secret));
      String text = Base32.encode(secret);
      return new SetUp(text, uri(institution, user.login(), text));
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /**
   * From now on the factor counts; its spare codes, which can be had only here. WRONG_TOTP, or
   * WRONG_STATE when nothing waits to be confirmed. Inside a change.
   */
  List<String> confirm(User user, String code) throws SQLException {
    Row row =
        row(user.id())
            .filter(each -> !each.confirmed())
            .orElseThrow(() -> wrongState("No second factor waits to be confirmed."));
    OptionalLong step = match(user.id(), row, code);
    if (step.isEmpty()) {
      throw new UserException(
          Reason.WRONG_TOTP, "The code is not that of this moment; compare the clocks.");
    }
    database.execute(
        "UPDATE second_factors SET confirmed = TRUE, last_step = ? WHERE user_id = ?",
        step.getAsLong(),
        user.id());
    rows.raiseCredentials(user.id());
    return spares.replace(user.id());
  }

  public boolean isSetUp(String userId) {
    return database
        .first(
            "SELECT 1 FROM second_factors WHERE user_id = ? AND confirmed",
            row -> row.getInt(1),
            userId)
        .isPresent();
  }

  /** How many spare codes are unused. */
  public int sparesLeft(String userId) {
    return spares.left(userId);
  }

  /** Whether the code holds now; it never does again. Inside a change. */
  boolean use(String userId, String shown) throws SQLException {
    Row row = row(userId).filter(Row::confirmed).orElse(null);
    if (row == null) {
      return false;
    }
    if (!TOTP.matcher(shown.strip()).matches()) {
      return spares.use(userId, shown);
    }
    OptionalLong step = match(userId, row, shown);
    return step.isPresent()
        && database.execute(
                "UPDATE second_factors SET last_step = ? WHERE user_id = ? AND last_step < ?",
                step.getAsLong(),
                userId,
                step.getAsLong())
            == 1;
  }

  /** Set up or only begun; inside a change. */
  void remove(String userId) throws SQLException {
    database.execute("DELETE FROM second_factors WHERE user_id = ?", userId);
    spares.remove(userId);
    rows.raiseCredentials(userId);
  }

  private OptionalLong match(String userId, Row row, String shown) {
    byte[] secret = cipher().open(context(userId), row.sealed());
    try {
      return Totp.match(secret, shown.replace(" ", ""), clock.instant());
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private Optional<Row> row(String userId) {
    return database.first(
        "SELECT secret, confirmed, last_step FROM second_factors WHERE user_id = ?",
        row -> new Row(row.getBytes(1), row.getBoolean(2), row.getLong(3)),
        userId);
  }

  private LocalCipher cipher() {
    return cipher.orElseThrow(
        () ->
            new UserException(
                Reason.STORE, "Second factors need the node's storage key, which is not here."));
  }

  private static String context(String userId) {
    return "people/second-factor/" + userId;
  }

  private static String uri(String institution, String login, String secret) {
    String issuer =
        URLEncoder.encode("MedSeal " + institution, StandardCharsets.UTF_8).replace("+", "%20");
    return "otpauth://totp/"
        + issuer
        + ":"
        + URLEncoder.encode(login, StandardCharsets.UTF_8)
        + "?secret="
        + secret
        + "&issuer="
        + issuer
        + "&algorithm=SHA1&digits="
        + Totp.DIGITS
        + "&period="
        + Totp.STEP_SECONDS;
  }

  private static UserException wrongState(String message) {
    return new UserException(Reason.WRONG_STATE, message);
  }
}
