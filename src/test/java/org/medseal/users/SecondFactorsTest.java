package org.medseal.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.users.Accounts.PASSWORD;
import static org.medseal.users.Accounts.assertRefused;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.users.UserException.Reason;

class SecondFactorsTest {
  private @TempDir Path folder;
  private Accounts people;
  private User ann;

  @BeforeEach
  void open() {
    people = new Accounts(folder);
    ann = people.has("ann", Role.PHYSICIAN);
  }

  @AfterEach
  void close() {
    people.close();
  }

  private List<String> confirm(Session session, String code) {
    return people.users.confirmSecondFactor(session, code);
  }

  private SecondFactors factors() {
    return people.users.secondFactors();
  }

  @Test
  void untilItIsConfirmedItDoesNotCount() {
    Session session = people.login("ann", PASSWORD).session();
    byte[] secret = people.begun(session);
    assertThat(people.login("ann", PASSWORD).session().user()).isEqualTo(ann);
    assertRefused(Reason.WRONG_TOTP, () -> confirm(session, "000000x"));
    assertThat(factors().isSetUp(ann.id())).isFalse();
    assertThat(confirm(session, people.code(secret, 0))).hasSize(10).doesNotHaveDuplicates();
    assertThat(factors().isSetUp(ann.id())).isTrue();
    assertRefused(Reason.TOTP_NEEDED, () -> people.login("ann", PASSWORD));
    assertRefused(Reason.WRONG_STATE, () -> people.begun(session));
    assertRefused(Reason.WRONG_STATE, () -> confirm(session, people.code(secret, 1)));
  }

  @Test
  void theUriIsWhatAuthenticatorAppsRead() {
    SecondFactors.SetUp setUp =
        people.users.beginSecondFactor(
            people.login("ann", PASSWORD).session(), PASSWORD, "hospital 1");
    assertThat(setUp.uri())
        .isEqualTo(
            "otpauth://totp/MedSeal%20hospital%201:ann?secret="
                + setUp.secret()
                + "&issuer=MedSeal%20hospital%201&algorithm=SHA1&digits=6&period=30");
    assertThat(setUp.toString()).doesNotContain(setUp.secret());
  }

  @Test
  void aCodeWorksOnceAndSoDoesNoEarlierOne() {
    byte[] secret = people.withSecondFactor(ann);
    String code = people.code(secret, 0);
    String earlier = people.code(secret, -1);
    assertThat(people.login("ann", PASSWORD, code).session().user()).isEqualTo(ann);
    assertRefused(Reason.TOTP_NEEDED, () -> people.login("ann", PASSWORD, code));
    assertRefused(Reason.TOTP_NEEDED, () -> people.login("ann", PASSWORD, earlier));
    assertThat(people.login("ann", PASSWORD, people.code(secret, 1)).session().user())
        .isEqualTo(ann);
  }

  @Test
  void theCodeThatConfirmedItIsUsedUp() {
    Session session = people.login("ann", PASSWORD).session();
    String code = people.code(people.begun(session), 0);
    confirm(session, code);
    assertRefused(Reason.TOTP_NEEDED, () -> people.login("ann", PASSWORD, code));
  }

  @Test
  void aWrongPasswordIsNotToldThatACodeIsNeeded() {
    byte[] secret = people.withSecondFactor(ann);
    assertRefused(Reason.NOT_LOGGED_IN, () -> people.login("ann", "not the password", ""));
    assertRefused(
        Reason.NOT_LOGGED_IN,
        () -> people.login("ann", "not the password", people.code(secret, 0)));
  }

  @Test
  void wrongCodesLockTheLoginAndThenTheRightOneDoesNotHelp() {
    byte[] secret = people.withSecondFactor(ann);
    for (int i = 0; i < 3; i++) {
      assertRefused(Reason.TOTP_NEEDED, () -> people.login("ann", PASSWORD, "000000"));
    }
    assertRefused(
        Reason.NOT_LOGGED_IN, () -> people.login("ann", PASSWORD, people.code(secret, 0)));
    people.clock.passes(Duration.ofSeconds(11));
    assertThat(people.login("ann", PASSWORD, people.code(secret, 0)).session().user())
        .isEqualTo(ann);
  }

  /** Else whoever knows the password would guess codes for ever, resetting the count in between. */
  @Test
  void thePasswordAloneForgetsNoFailures() {
    people.withSecondFactor(ann);
    for (int i = 0; i < 3; i++) {
      assertRefused(Reason.TOTP_NEEDED, () -> people.login("ann", PASSWORD, ""));
      assertRefused(Reason.TOTP_NEEDED, () -> people.login("ann", PASSWORD, "000000"));
    }
    assertRefused(Reason.NOT_LOGGED_IN, () -> people.login("ann", PASSWORD, ""));
    assertThat(people.users.lockedUntil(ann.id())).isPresent();
  }

  @Test
  void aSpareCodeWorksOnceHoweverItIsTyped() {
    Session session = people.login("ann", PASSWORD).session();
    List<String> spares = confirm(session, people.code(people.begun(session), 0));
    String typed = spares.get(3).toLowerCase(Locale.ROOT).replace("-", " ");
    assertThat(people.login("ann", PASSWORD, typed).session().user()).isEqualTo(ann);
    assertThat(factors().sparesLeft(ann.id())).isEqualTo(9);
    assertRefused(Reason.TOTP_NEEDED, () -> people.login("ann", PASSWORD, typed));
    User bob = people.has("bob", Role.PHYSICIAN);
    people.withSecondFactor(bob);
    assertRefused(Reason.TOTP_NEEDED, () -> people.login("bob", PASSWORD, spares.get(0)));
  }

  @Test
  void removingItTakesThePasswordAndEndsWhatItGuarded() {
    byte[] secret = people.withSecondFactor(ann);
    Session session = people.login("ann", PASSWORD, people.code(secret, 0)).session();
    assertRefused(
        Reason.WRONG_PASSWORD, () -> people.users.removeSecondFactor(session, "not the password"));
    assertThat(factors().isSetUp(ann.id())).isTrue();
    String other = people.login("ann", PASSWORD, people.code(secret, 1)).token();
    people.users.removeSecondFactor(session, PASSWORD);
    assertThat(people.users.sessions().find(other)).isEmpty();
    assertThat(people.login("ann", PASSWORD).session().user()).isEqualTo(ann);
    assertThat(factors().sparesLeft(ann.id())).isZero();
  }

  @Test
  void confirmingItEndsSessionsBegunWithoutIt() {
    Logins.Started mine = people.login("ann", PASSWORD);
    Logins.Started other = people.login("ann", PASSWORD);
    confirm(mine.session(), people.code(people.begun(mine.session()), 0));
    assertThat(people.users.sessions().find(mine.token())).isPresent();
    assertThat(people.users.sessions().find(other.token())).isEmpty();
  }

  @Test
  void settingItUpTakesThePasswordAndGuessesCount() {
    Session session = people.login("ann", PASSWORD).session();
    for (int i = 0; i < 3; i++) {
      assertRefused(
          Reason.WRONG_PASSWORD,
          () -> people.users.beginSecondFactor(session, "not the password", "hospital-1"));
    }
    assertRefused(Reason.WRONG_STATE, () -> confirm(session, "000000"));
    assertRefused(Reason.NOT_LOGGED_IN, () -> people.login("ann", PASSWORD));
  }

  /** Its user ended it elsewhere, and the call had already begun. */
  @Test
  void aSessionThatHasEndedSetsUpConfirmsAndRemovesNothing() {
    Logins.Started kept = people.login("ann", PASSWORD);
    Session ended = people.login("ann", PASSWORD).session();
    byte[] secret = people.begun(kept.session());
    people.users.sessions().end(ended);
    assertRefused(Reason.NOT_LOGGED_IN, () -> people.begun(ended));
    assertRefused(Reason.NOT_LOGGED_IN, () -> confirm(ended, people.code(secret, 0)));
    assertThat(factors().isSetUp(ann.id())).isFalse();
    assertThat(people.users.sessions().find(kept.token())).as("it ends no other").isPresent();
    confirm(kept.session(), people.code(secret, 0));
    assertRefused(Reason.NOT_LOGGED_IN, () -> people.users.removeSecondFactor(ended, PASSWORD));
    assertThat(factors().isSetUp(ann.id())).isTrue();
  }

  @Test
  void itOutlivesARestartAndIsNowhereInClear() throws Exception {
    byte[] secret = people.withSecondFactor(ann);
    people.restart();
    assertRefused(Reason.TOTP_NEEDED, () -> people.login("ann", PASSWORD));
    assertThat(people.login("ann", PASSWORD, people.code(secret, 0)).session().user())
        .isEqualTo(ann);
    people.users.close();
    byte[] file = Files.readAllBytes(folder.resolve("people/people.mv.db"));
    String text = new String(file, StandardCharsets.ISO_8859_1);
    assertThat(text)
        .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1))
        .doesNotContain(Base32.encode(secret));
    people.restart();
  }

  @Test
  void withoutTheStorageKeyNobodyWhoHasOneGetsIn() {
    byte[] secret = people.withSecondFactor(ann);
    people.users.close();
    try (UserStore atRest =
        UserStore.open(folder.resolve("people"), Accounts.means(people.clock, Optional.empty()))) {
      assertRefused(
          Reason.STORE,
          () ->
              atRest
                  .passwords()
                  .authenticate(
                      new Authenticator.Password("ann", PASSWORD, people.code(secret, 0))));
    }
    people.restart();
  }
}
