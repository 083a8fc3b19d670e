package org.medseal.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.users.Accounts.NEXT;
import static org.medseal.users.Accounts.PASSWORD;
import static org.medseal.users.Accounts.assertRefused;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.audit.AuditEvents;
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
    people.clock.passes(Accounts.LASTS.minusMillis(1));
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

  private List<String> said() throws Exception {
    List<String> all = new ArrayList<>();
    new ObjectMapper()
        .readTree(new AuditEvents(people.trail, "hospital-1", "/audit").bundle(0, 1000))
        .path("entry")
        .forEach(each -> all.add(each.path("resource").toString()));
    return all;
  }

  @Test
  void whoIsGoneStandsInTheTrailWithWhenTheyAskedAndNothingElseOfThem() throws Exception {
    Profile profile = new Profile("Dr Li Canary", "li@canary.example", "CANARY-7");
    people.users.register("dr-li", PASSWORD, profile);
    User first = people.users.findByLogin("dr-li").orElseThrow();
    people.clock.passes(Duration.ofDays(1));
    waits("dr-wu");
    people.clock.passes(Accounts.LASTS.minusDays(1));
    for (int i = 0; i < 2; i++) {
      assertThat(people.users.count(UserState.PENDING)).isEqualTo(1);
      people.users.register("dr-wu", NEXT, "");
    }
    assertThat(said()).singleElement().asString().doesNotContainIgnoringCase("canary");
    assertThat(said().get(0))
        .contains(
            "\"user-expire\"", "\"action\":\"D\"", "\"outcome\":\"0\"", "\"display\":\"node\"")
        .contains("\"dr-li\"", first.id(), "\"" + first.createdAt() + "\"");
    people.clock.passes(Duration.ofDays(1));
    assertThat(people.users.register("dr-li", NEXT, "")).isTrue();
    assertThat(said()).hasSize(2).first().asString().contains("\"dr-wu\"");
  }

  @Test
  void whatCannotBeSaidIsNotDone() {
    User late = waits("dr-li");
    people.clock.passes(Accounts.LASTS);
    people.trail.close();
    assertThatThrownBy(() -> people.users.count(UserState.PENDING))
        .isInstanceOf(RuntimeException.class);
    assertThat(people.users.find(late.id())).isPresent();
  }

  @Test
  void allWhoExpireAtOnceAreSaid() throws Exception {
    for (int i = 0; i < 40; i++) {
      waits("asks-" + i);
    }
    people.clock.passes(Accounts.LASTS);
    assertThat(people.users.register("next", PASSWORD, "")).isTrue();
    assertThat(people.users.users()).extracting(User::login).containsExactly("chief", "next");
    assertThat(people.trail.size()).isEqualTo(40);
  }

  @Test
  void nobodyIsListedOrApprovedAfterTheTime() {
    User late = waits("dr-li");
    people.clock.passes(Accounts.LASTS);
    assertRefused(
        Reason.UNKNOWN_USER, () -> people.users.approve(late.id(), Set.of(Role.PHYSICIAN)));
    waits("dr-wu");
    assertThat(people.users.users()).extracting(User::login).containsExactly("chief", "dr-wu");
  }

  @Test
  void whoWasLetInOnceNeverExpires() {
    User ann = people.has("ann", Role.PHYSICIAN);
    people.users.disable(people.has("bob", Role.PHYSICIAN).id());
    people.clock.passes(Accounts.LASTS.multipliedBy(10));
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
    try (UserStore atRest =
        UserStore.open(folder.resolve("people"), Accounts.means(people.clock, Optional.empty()))) {
      assertThat(atRest.users()).extracting(User::login).contains("dr-li");
    }
    people.restart();
    assertThat(people.users.users()).extracting(User::login).containsExactly("chief");
  }
}
