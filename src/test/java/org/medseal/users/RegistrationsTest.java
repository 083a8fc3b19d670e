package org.medseal.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.users.Accounts.NEXT;
import static org.medseal.users.Accounts.PASSWORD;
import static org.medseal.users.Accounts.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.users.UserException.Reason;

/** Nobody keeps a login by being the first to ask for it. */
class RegistrationsTest {
  private @TempDir Path folder;
  private Accounts people;

  @BeforeEach
  void open() {
    people = new Accounts(folder);
    people.admin("chief");
  }

  @AfterEach
  void close() {
    people.close();
  }

  private User waits(String login) {
    assertThat(people.users.register(login, PASSWORD, "")).isTrue();
    return people.users.findByLogin(login).orElseThrow();
  }

  @Test
  void whoWaitedTooLongIsGoneAndTheLoginIsFree() {
    User first = waits("dr-li");
    people.clock.passes(Registrations.LASTS.minusMillis(1));
    assertThat(people.users.count(UserState.PENDING)).isEqualTo(1);
    assertThat(people.users.register("dr-li", NEXT, "")).isFalse();
    people.clock.passes(Duration.ofMillis(1));
    assertThat(people.users.register("dr-li", NEXT, "")).isTrue();
    User second = people.users.findByLogin("dr-li").orElseThrow();
    assertThat(second.id()).isNotEqualTo(first.id());
    people.users.approve(second.id(), Set.of(Role.PHYSICIAN));
    assertRefused(Reason.NOT_LOGGED_IN, () -> people.login("dr-li", PASSWORD));
    assertThat(people.login("dr-li", NEXT).session().user().id()).isEqualTo(second.id());
  }

  @Test
  void nobodyIsListedOrApprovedAfterTheTime() {
    User late = waits("dr-li");
    people.clock.passes(Registrations.LASTS);
    assertRefused(
        Reason.UNKNOWN_USER, () -> people.users.approve(late.id(), Set.of(Role.PHYSICIAN)));
    waits("dr-wu");
    assertThat(people.users.users()).extracting(User::login).containsExactly("chief", "dr-wu");
  }

  @Test
  void whoWasLetInOnceNeverExpires() {
    User ann = people.has("ann", Role.PHYSICIAN);
    people.users.disable(people.has("bob", Role.PHYSICIAN).id());
    people.clock.passes(Registrations.LASTS.multipliedBy(10));
    assertThat(people.users.users()).extracting(User::login).containsExactly("ann", "bob", "chief");
    assertThat(people.login("ann", PASSWORD).session().user().id()).isEqualTo(ann.id());
  }

  @Test
  void aRejectedOneLeavesNothingAndTheLoginIsFree() {
    User refused = waits("dr-li");
    assertThat(people.users.reject(refused.id())).isEqualTo(refused);
    assertThat(people.users.find(refused.id())).isEmpty();
    assertRefused(Reason.UNKNOWN_USER, () -> people.users.reject(refused.id()));
    assertThat(people.users.register("dr-li", NEXT, "")).isTrue();
  }

  @Test
  void onlyWhoWaitsIsRejectedAndWhoWaitsIsNotDisabled() {
    User ann = people.has("ann", Role.PHYSICIAN);
    assertRefused(Reason.WRONG_STATE, () -> people.users.reject(ann.id()));
    people.users.disable(ann.id());
    assertRefused(Reason.WRONG_STATE, () -> people.users.reject(ann.id()));
    assertThat(people.users.find(ann.id())).isPresent();
    User waiting = waits("dr-li");
    assertRefused(Reason.WRONG_STATE, () -> people.users.disable(waiting.id()));
    assertThat(people.users.find(waiting.id()).orElseThrow().state()).isEqualTo(UserState.PENDING);
  }

  @Test
  void anAdministratorSeesThatOthersAskedForTheLogin() {
    User waiting = waits("dr-li");
    assertThat(people.users.askedAgain(waiting.id())).isZero();
    people.users.register("dr-li", NEXT, "");
    people.users.register("DR-LI", NEXT, "");
    assertThat(people.users.askedAgain(waiting.id())).isEqualTo(2);
    people.users.approve(waiting.id(), Set.of(Role.PHYSICIAN));
    people.users.register("dr-li", NEXT, "");
    assertThat(people.users.askedAgain(waiting.id())).as("of an active one").isEqualTo(2);
  }

  @Test
  void atRestNobodyIsRemovedByTheClock() {
    waits("dr-li");
    people.clock.passes(Duration.ofDays(1000));
    people.users.close();
    UserStore.Means means =
        new UserStore.Means(
            new PasswordHash.Cost(64, 1, 1),
            Accounts.RULES,
            people.clock,
            Optional.empty(),
            Registrations.FOR_EVER);
    try (UserStore atRest = UserStore.open(folder.resolve("people"), means)) {
      assertThat(atRest.users()).extracting(User::login).contains("dr-li");
    }
    people.restart();
    assertThat(people.users.users()).extracting(User::login).containsExactly("chief");
  }
}
