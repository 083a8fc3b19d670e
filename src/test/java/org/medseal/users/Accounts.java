package org.medseal.users;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.medseal.audit.AuditTrail;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.LocalCipher;

/** A users' store with people in it, cheap passwords and a clock that stands. */
final class Accounts implements AutoCloseable {
  static final String PASSWORD = "a long enough password";
  static final String NEXT = "another long password";
  static final SessionRules RULES =
      new SessionRules(
          Duration.ofHours(10),
          Duration.ofMinutes(30),
          3,
          Duration.ofSeconds(10),
          Duration.ofSeconds(40));

  /** How long an account asked for waits. */
  static final Duration LASTS = Duration.ofDays(14);

  final SettableClock clock = new SettableClock();
  final Path folder;
  final Path keys;
  private final LocalCipher cipher = new LocalCipher(SecretBytes.random(32, new SecureRandom()));
  final AuditTrail trail;
  UserStore users;
  Logins logins;

  Accounts(Path folder) {
    this.folder = folder;
    this.keys = folder.resolve("keys");
    this.trail = AuditTrail.open(folder.resolve("audit"));
    open();
  }

  static UserStore.Means means(Clock clock, Optional<LocalCipher> cipher) {
    return means(clock, cipher, Optional.empty());
  }

  private static UserStore.Means means(
      Clock clock, Optional<LocalCipher> cipher, Optional<Waiting> waiting) {
    return new UserStore.Means(new PasswordHash.Cost(64, 1, 1), RULES, clock, cipher, waiting);
  }

  private void open() {
    Waiting waiting = new Waiting(LASTS, trail);
    users =
        UserStore.open(
            folder.resolve("people"), means(clock, Optional.of(cipher), Optional.of(waiting)));
    logins = new Logins(users, new RoleKeyStores(keys));
  }

  void restart() {
    users.close();
    open();
  }

  User admin(String login) {
    return users.createFirstAdmin(login, PASSWORD, Set.of());
  }

  User has(String login, Role... roles) {
    users.register(login, PASSWORD, Profile.named(login));
    return users.approve(users.findByLogin(login).orElseThrow().id(), Set.of(roles));
  }

  /** With a second factor that counts; its secret. */
  byte[] withSecondFactor(User user) {
    Session session = login(user.login(), PASSWORD).session();
    byte[] secret = begun(session);
    users.confirmSecondFactor(session, code(secret, 0));
    users.sessions().end(session);
    clock.passes(Duration.ofSeconds(90));
    return secret;
  }

  /** The secret of one that does not count yet. */
  byte[] begun(Session session) {
    return decoded(users.beginSecondFactor(session, PASSWORD, "hospital-1").secret());
  }

  /** Of the moment, so many steps away. */
  String code(byte[] secret, int steps) {
    return Totp.code(secret, Totp.step(clock.instant()) + steps);
  }

  Logins.Started login(String login, String password, String totp) {
    return logins.login(new Authenticator.Password(login, password, totp));
  }

  Logins.Started login(String login, String password) {
    return login(login, password, "");
  }

  static void assertRefused(UserException.Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            UserException.class,
            e -> org.assertj.core.api.Assertions.assertThat(e.reason()).isEqualTo(reason));
  }

  static byte[] decoded(String base32) {
    byte[] bytes = new byte[base32.length() * 5 / 8];
    int bits = 0;
    int held = 0;
    int next = 0;
    for (int i = 0; i < base32.length(); i++) {
      bits = (bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(base32.charAt(i));
      held += 5;
      if (held >= 8) {
        held -= 8;
        bytes[next++] = (byte) (bits >> held);
      }
    }
    return bytes;
  }

  @Override
  public void close() {
    users.close();
    trail.close();
    cipher.close();
  }
}
