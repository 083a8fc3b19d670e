package org.medseal.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.users.Accounts.NEXT;
import static org.medseal.users.Accounts.PASSWORD;
import static org.medseal.users.Accounts.assertRefused;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.users.UserException.Reason;

class RecoveriesTest {
  private @TempDir Path folder;
  private Accounts people;
  private User ann;

  @BeforeEach
  void open() {
    people = new Accounts(folder);
    people.admin("chief");
    ann = people.has("ann", Role.PHYSICIAN);
  }

  @AfterEach
  void close() {
    people.close();
  }

  private String issued() {
    return people.users.recoveries().issue(ann.id(), false).code();
  }

  @Test
  void aCodeSetsTheNewPasswordOnceAndEndsAllSessions() {
    Logins.Started before = people.login("ann", PASSWORD);
    String code = issued();
    assertThat(people.users.recover(code.toLowerCase(Locale.ROOT), NEXT)).isEqualTo(ann);
    assertThat(people.users.sessions().find(before.token())).isEmpty();
    assertRefused(Reason.NOT_LOGGED_IN, () -> people.login("ann", PASSWORD));
    assertThat(people.login("ann", NEXT).session().user()).isEqualTo(ann);
    assertRefused(Reason.BAD_CODE, () -> people.users.recover(code, PASSWORD));
    assertThat(people.login("ann", NEXT).session().user()).isEqualTo(ann);
  }

  @Test
  void whatIsNoCodeOfAnybodyIsRefusedAlike() {
    String code = issued();
    String last = code.endsWith("A") ? "B" : "A";
    String wrong = code.substring(0, code.length() - 1) + last;
    for (String bad : new String[] {"", "x", wrong, "A".repeat(24), "' OR 1=1 --", code + "A"}) {
      assertRefused(Reason.BAD_CODE, () -> people.users.recover(bad, NEXT));
    }
    assertThat(people.users.recover(code, NEXT)).isEqualTo(ann);
  }

  @Test
  void guessesAtOneCodeUseItUp() {
    String code = issued();
    String aimed = code.substring(0, 10);
    for (int i = 0; i < 5; i++) {
      assertRefused(Reason.BAD_CODE, () -> people.users.recover(aimed + "A".repeat(16), NEXT));
    }
    assertRefused(Reason.BAD_CODE, () -> people.users.recover(code, NEXT));
  }

  @Test
  void codesExpireAndANewOneReplacesTheOld() {
    String old = issued();
    String code = issued();
    assertRefused(Reason.BAD_CODE, () -> people.users.recover(old, NEXT));
    people.clock.passes(Recoveries.ISSUED_LASTS);
    assertRefused(Reason.BAD_CODE, () -> people.users.recover(code, NEXT));
    String mailed = people.users.recoveries().forMail(ann.id()).orElseThrow().code();
    people.clock.passes(Recoveries.MAILED_LASTS.minusSeconds(1));
    assertThat(people.users.recover(mailed, NEXT)).isEqualTo(ann);
  }

  /** Anybody may ask for a mail; that must not undo what an administrator handed over. */
  @Test
  void aMailedCodeLeavesAnIssuedOneAndRestsInBetween() {
    String issued = issued();
    assertThat(people.users.recoveries().forMail(ann.id())).isPresent();
    assertThat(people.users.recoveries().forMail(ann.id())).isEmpty();
    people.clock.passes(MailPace.REST);
    assertThat(people.users.recoveries().forMail(ann.id())).isPresent();
    assertThat(people.users.recover(issued, NEXT)).isEqualTo(ann);
  }

  @Test
  void onlyActiveUsersRecover() {
    String code = issued();
    people.users.disable(ann.id());
    assertRefused(Reason.BAD_CODE, () -> people.users.recover(code, NEXT));
    assertRefused(Reason.WRONG_STATE, this::issued);
    assertThat(people.users.recoveries().forMail(ann.id())).isEmpty();
    people.users.enable(ann.id());
    assertRefused(Reason.BAD_CODE, () -> people.users.recover(code, NEXT));
  }

  @Test
  void aPasswordChangeMakesCodesUseless() {
    String code = issued();
    people.logins.changePassword(people.login("ann", PASSWORD).session(), PASSWORD, NEXT);
    assertRefused(Reason.BAD_CODE, () -> people.users.recover(code, PASSWORD));
  }

  @Test
  void aWeakPasswordLeavesTheCodeUsable() {
    String code = issued();
    assertRefused(Reason.WEAK_PASSWORD, () -> people.users.recover(code, "short"));
    assertThat(people.users.recover(code, NEXT)).isEqualTo(ann);
  }

  @Test
  void aLockGoesWithTheForgottenPassword() {
    for (int i = 0; i < 3; i++) {
      assertRefused(Reason.NOT_LOGGED_IN, () -> people.login("ann", "wrong password"));
    }
    people.users.recover(issued(), NEXT);
    assertThat(people.login("ann", NEXT).session().user()).isEqualTo(ann);
  }

  @Test
  void theSecondFactorStaysUnlessTheCodeWasIssuedToRemoveIt() {
    people.withSecondFactor(ann);
    people.users.recover(issued(), NEXT);
    assertRefused(Reason.TOTP_NEEDED, () -> people.login("ann", NEXT));
    people.users.recover(people.users.recoveries().issue(ann.id(), true).code(), PASSWORD);
    assertThat(people.login("ann", PASSWORD).session().user()).isEqualTo(ann);
  }

  @Test
  void codesAreNotInTheFiles() throws Exception {
    String code = issued();
    people.users.close();
    String file =
        new String(
            Files.readAllBytes(folder.resolve("people/people.mv.db")), StandardCharsets.ISO_8859_1);
    assertThat(file).doesNotContain(code).doesNotContain(code.replace("-", "").substring(8));
    people.restart();
    people.clock.passes(Duration.ofHours(1));
    assertThat(people.users.recover(code, NEXT)).isEqualTo(ann);
  }

  private Optional<String> mailed(User user) {
    return people.users.recoveries().forMail(user.id()).map(Recoveries.Issued::code);
  }

  private User withEmail(String login, String email) {
    User user = people.has(login, Role.PHYSICIAN);
    return people.users.changeProfile(user.id(), new Profile(login, email, ""));
  }

  /** Else whoever knows the login could void the link its user is about to follow. */
  @Test
  void askingAgainVoidsNoLinkOfBefore() {
    List<String> links = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      links.add(mailed(ann).orElseThrow());
      people.clock.passes(MailPace.REST);
    }
    assertThat(mailed(ann)).as("a fourth while the first holds").isEmpty();
    assertThat(people.users.recover(links.get(0), NEXT)).isEqualTo(ann);
    for (String each : links) {
      assertRefused(Reason.BAD_CODE, () -> people.users.recover(each, PASSWORD));
    }
  }

  @Test
  void afterTenMailsADayALoginGetsOneAnHourAtMostButNeverNone() {
    int sent = 0;
    for (int minutes = 0; minutes < 24 * 60; minutes += 5) {
      sent += mailed(ann).isPresent() ? 1 : 0;
      people.clock.passes(Duration.ofMinutes(5));
    }
    assertThat(sent).isBetween(MailPace.MANY_A_DAY + 1, MailPace.MANY_A_DAY + 24);
    people.clock.passes(MailPace.REST_AFTER_MANY);
    assertThat(mailed(ann)).isPresent();
  }

  @Test
  void severalLoginsOfOneAddressGetNoMoreThanOne() {
    User bob = withEmail("bob", "desk@ward.example");
    User eve = withEmail("eve", "Desk@ward.example");
    User third = withEmail("else", "else@ward.example");
    assertThat(mailed(bob)).isPresent();
    assertThat(mailed(eve)).isEmpty();
    assertThat(mailed(third)).isPresent();
    people.clock.passes(MailPace.REST);
    assertThat(mailed(eve)).isPresent();
  }

  @Test
  void aPaceOutlivesARestartAndAChangedPassword() {
    assertThat(mailed(ann)).isPresent();
    people.logins.changePassword(people.login("ann", PASSWORD).session(), PASSWORD, NEXT);
    people.restart();
    assertThat(mailed(ann)).isEmpty();
  }

  @Test
  void anotherAddressVoidsWhatWasMailedToTheOldOneAndNotWhatAnAdministratorIssued() {
    User bob = withEmail("bob", "old@ward.example");
    String link = mailed(bob).orElseThrow();
    String issued = people.users.recoveries().issue(bob.id(), false).code();
    people.users.changeProfile(bob.id(), new Profile("Bob", "new@ward.example", "7"));
    assertRefused(Reason.BAD_CODE, () -> people.users.recover(link, NEXT));
    assertThat(people.users.recover(issued, NEXT).login()).isEqualTo("bob");
  }

  @Test
  void anotherNameVoidsNoLink() {
    User bob = withEmail("bob", "old@ward.example");
    String link = mailed(bob).orElseThrow();
    people.users.changeProfile(bob.id(), new Profile("Bob", "old@ward.example", "7"));
    assertThat(people.users.recover(link, NEXT).login()).isEqualTo("bob");
  }
}
