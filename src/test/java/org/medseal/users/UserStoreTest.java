package org.medseal.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.users.UserException.Reason;

class UserStoreTest {
  private static final String PASSWORD = "a long enough password";
  private static final PasswordHash.Cost CHEAP = new PasswordHash.Cost(64, 1, 1);
  private static final SessionRules RULES =
      new SessionRules(
          Duration.ofHours(8),
          Duration.ofMinutes(30),
          3,
          Duration.ofSeconds(10),
          Duration.ofSeconds(40));

  private @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private UserStore users;

  @BeforeEach
  void open() {
    users =
        UserStore.open(
            folder, new UserStore.Means(CHEAP, RULES, clock, Optional.empty(), Optional.empty()));
  }

  @AfterEach
  void close() {
    users.close();
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(UserException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private User active(String login, Role... roles) {
    users.register(login, PASSWORD, "");
    return users.approve(users.findByLogin(login).orElseThrow().id(), Set.of(roles));
  }

  private String started(User user) {
    return users.sessions().start(user, RoleKeys.none(), users.credentials(user.login()));
  }

  @Test
  void thereIsOneFirstAdministrator() {
    User first = users.createFirstAdmin("Chief", PASSWORD, Set.of(Role.AUDITOR));
    assertThat(first.login()).isEqualTo("chief");
    assertThat(first.roles()).containsExactlyInAnyOrder(Role.ADMIN, Role.AUDITOR);
    assertRefused(Reason.WRONG_STATE, () -> users.createFirstAdmin("second", PASSWORD, Set.of()));
  }

  @Test
  void aRegisteredUserLogsInOnlyOnceApproved() {
    users.register("dr-li", PASSWORD, "Dr Li");
    assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("dr-li", PASSWORD));
    users.approve(users.findByLogin("dr-li").orElseThrow().id(), Set.of(Role.PHYSICIAN));
    assertThat(users.authenticate("DR-LI", PASSWORD).roles()).containsExactly(Role.PHYSICIAN);
  }

  @Test
  void registeringATakenLoginChangesNothing() {
    User user = active("dr-li", Role.PHYSICIAN);
    users.register("dr-li", "another long password", "Somebody else");
    assertThat(users.findByLogin("dr-li")).contains(user);
    assertThat(users.authenticate("dr-li", PASSWORD)).isEqualTo(user);
    assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("dr-li", "another long password"));
  }

  @Test
  void aThousandPeopleWaitAndOneMoreIsToldForAnyLogin() throws Exception {
    User ann = active("ann", Role.PHYSICIAN);
    assertThat(users.register("dr-li", PASSWORD, "")).isTrue();
    assertThat(users.register("dr-li", PASSWORD, "")).isFalse();
    users.close();
    try (PeopleDatabase database = PeopleDatabase.open(folder)) {
      UserRows rows = new UserRows(database);
      assertThat(database.change(() -> fill(rows))).isEqualTo(1_000);
    }
    open();
    assertRefused(Reason.TOO_MANY_PENDING, () -> users.register("one-more", PASSWORD, ""));
    assertRefused(Reason.TOO_MANY_PENDING, () -> users.register(ann.login(), PASSWORD, ""));
    users.approve(users.findByLogin("dr-li").orElseThrow().id());
    assertThat(users.register("one-more", PASSWORD, "")).isTrue();
  }

  private int fill(UserRows rows) throws SQLException {
    for (int i = rows.count(UserState.PENDING); i < 1_000; i++) {
      String login = "waiting-" + i;
      rows.insert(
          new User(
              login, login, Profile.named(login), UserState.PENDING, Set.of(), clock.instant()),
          "none");
    }
    return rows.count(UserState.PENDING);
  }

  @Test
  void shortAndMonotonousPasswordsAreRefused() {
    for (String weak : new String[] {"elevenchars", "aaaaaaaaaaaaaaaa", "abababababab"}) {
      assertRefused(Reason.WEAK_PASSWORD, () -> users.register("dr-li", weak, ""));
    }
    assertRefused(
        Reason.WEAK_PASSWORD, () -> users.register("dr-li-of-ward-7", "DR-LI-of-ward-7", ""));
    assertRefused(Reason.WEAK_PASSWORD, () -> users.register("dr-li", "abcdefgh".repeat(40), ""));
  }

  @Test
  void loginsAreFewCharactersOfAscii() {
    for (String bad : new String[] {"", "x", "../etc", "a b", "дoctor", "a".repeat(65)}) {
      assertRefused(Reason.BAD_LOGIN_NAME, () -> users.register(bad, PASSWORD, ""));
      assertThat(users.findByLogin(bad)).isEmpty();
    }
  }

  @Test
  void failuresLockTheLoginForAGrowingTimeAndTheRightPasswordDoesNotHelp() {
    User user = active("dr-li", Role.PHYSICIAN);
    for (int i = 0; i < 3; i++) {
      assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("dr-li", "wrong password"));
    }
    assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("dr-li", PASSWORD));
    clock.passes(Duration.ofSeconds(10));
    assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("dr-li", "wrong password"));
    clock.passes(Duration.ofSeconds(10));
    assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("dr-li", PASSWORD));
    clock.passes(Duration.ofSeconds(10));
    assertThat(users.authenticate("dr-li", PASSWORD)).isEqualTo(user);
  }

  /** A write that only known logins cost would tell them from unknown ones by time. */
  @Test
  void everyFailedLoginIsWrittenDown() {
    active("dr-li", Role.PHYSICIAN);
    users.register("waiting", PASSWORD, "");
    assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("nobody", PASSWORD));
    assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("../x", PASSWORD));
    assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("waiting", PASSWORD));
    for (int i = 0; i < 3; i++) {
      assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("dr-li", "wrong password"));
    }
    assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("dr-li", PASSWORD));
    users.close();
    try (PeopleDatabase database = PeopleDatabase.open(folder)) {
      assertThat(failures(database, "nobody")).isEqualTo(4);
      assertThat(failures(database, "users")).isEqualTo(3);
    }
    open();
  }

  private static int failures(PeopleDatabase database, String table) {
    return database.first("SELECT SUM(failures) FROM " + table, row -> row.getInt(1)).orElseThrow();
  }

  @Test
  void rolesOfAPendingUserWaitForTheApproval() {
    users.register("dr-li", PASSWORD, "");
    String id = users.findByLogin("dr-li").orElseThrow().id();
    assertThat(users.setRoles(id, Set.of(Role.PHYSICIAN)).state()).isEqualTo(UserState.PENDING);
    assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("dr-li", PASSWORD));
    assertThat(users.approve(id).roles()).containsExactly(Role.PHYSICIAN);
    assertThat(users.authenticate("dr-li", PASSWORD).is(Role.PHYSICIAN)).isTrue();
    users.disable(id);
    assertRefused(Reason.WRONG_STATE, () -> users.setRoles(id, Set.of(Role.AUDITOR)));
  }

  @Test
  void aSuccessForgetsEarlierFailures() {
    active("dr-li", Role.PHYSICIAN);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 2; i++) {
        assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("dr-li", "wrong password"));
      }
      assertThat(users.authenticate("dr-li", PASSWORD).login()).isEqualTo("dr-li");
    }
  }

  @Test
  void locksDoubleUpToTheirLongest() {
    assertThat(RULES.lockAfter(2)).isEqualTo(Duration.ZERO);
    assertThat(RULES.lockAfter(3)).isEqualTo(Duration.ofSeconds(10));
    assertThat(RULES.lockAfter(4)).isEqualTo(Duration.ofSeconds(20));
    assertThat(RULES.lockAfter(5)).isEqualTo(Duration.ofSeconds(40));
    assertThat(RULES.lockAfter(5_000)).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void aDisabledUserIsOutAtOnce() {
    users.createFirstAdmin("chief", PASSWORD, Set.of());
    User user = active("dr-li", Role.PHYSICIAN);
    String token = started(user);
    assertThat(users.sessions().find(token)).isPresent();
    users.disable(user.id());
    assertThat(users.sessions().find(token)).isEmpty();
    assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("dr-li", PASSWORD));
  }

  @Test
  void changedRolesHoldForSessionsThatRun() {
    User user = active("dr-li", Role.PHYSICIAN);
    String token = started(user);
    users.setRoles(user.id(), Set.of(Role.AUDITOR));
    assertThat(users.sessions().find(token).orElseThrow().user().roles())
        .containsExactly(Role.AUDITOR);
  }

  @Test
  void theLastAdministratorStays() {
    User chief = users.createFirstAdmin("chief", PASSWORD, Set.of());
    assertRefused(Reason.LAST_ADMIN, () -> users.disable(chief.id()));
    assertRefused(Reason.LAST_ADMIN, () -> users.setRoles(chief.id(), Set.of(Role.PHYSICIAN)));
    active("second", Role.ADMIN);
    assertThat(users.disable(chief.id()).state()).isEqualTo(UserState.DISABLED);
  }

  @Test
  void whatRenewsItselfKeepsNoSessionAlive() {
    User user = active("dr-li", Role.PHYSICIAN);
    String token = started(user);
    clock.passes(Duration.ofMinutes(20));
    assertThat(users.sessions().look(token)).isPresent();
    clock.passes(Duration.ofMinutes(20));
    assertThat(users.sessions().look(token)).isEmpty();
    assertThat(users.sessions().find(token)).isEmpty();
  }

  @Test
  void sessionsEndWhenIdleAndWhenTooOld() {
    User user = active("dr-li", Role.PHYSICIAN);
    String idle = started(user);
    clock.passes(Duration.ofMinutes(30));
    assertThat(users.sessions().find(idle)).isEmpty();
    String busy = started(user);
    for (int i = 0; i < 16; i++) {
      assertThat(users.sessions().find(busy)).as("after %d × 29 minutes", i).isPresent();
      clock.passes(Duration.ofMinutes(29));
    }
    clock.passes(Duration.ofMinutes(29));
    assertThat(users.sessions().find(busy)).isEmpty();
  }

  @Test
  void usersSessionsAndLocksOutliveARestart() {
    User user = active("dr-li", Role.PHYSICIAN);
    String token = started(user);
    for (int i = 0; i < 3; i++) {
      assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("dr-li", "wrong password"));
    }
    users.close();
    open();
    assertThat(users.sessions().find(token).orElseThrow().user()).isEqualTo(user);
    assertRefused(Reason.NOT_LOGGED_IN, () -> users.authenticate("dr-li", PASSWORD));
  }

  @Test
  void idleSessionsEndAfterARestartWithoutBeingAskedFor() {
    String token = started(active("dr-li", Role.PHYSICIAN));
    users.close();
    open();
    User user = users.findByLogin("dr-li").orElseThrow();
    assertThat(users.sessions().of(user.id()).get(0).lastSeenAt()).isEmpty();
    clock.passes(Duration.ofMinutes(30));
    assertThat(users.sessions().of(user.id())).isEmpty();
    assertThat(users.sessions().find(token)).isEmpty();
  }

  @Test
  void aLoginOverWhichTheAccountChangesGetsNoSession() {
    users.createFirstAdmin("chief", PASSWORD, Set.of());
    User user = active("dr-li", Role.PHYSICIAN);
    int before = users.credentials("DR-LI");
    users.recover(users.recoveries().issue(user.id(), false).code(), "another long password");
    assertRefused(
        Reason.NOT_LOGGED_IN, () -> users.sessions().start(user, RoleKeys.none(), before));
    int meanwhile = users.credentials("dr-li");
    users.disable(user.id());
    users.enable(user.id());
    assertRefused(
        Reason.NOT_LOGGED_IN, () -> users.sessions().start(user, RoleKeys.none(), meanwhile));
    users.disable(user.id());
    assertRefused(Reason.NOT_LOGGED_IN, () -> started(user));
    assertThat(users.sessions().count()).isZero();
  }

  @Test
  void aSessionThatHasEndedStoresNoPassword() {
    User user = active("dr-li", Role.PHYSICIAN);
    Session session = users.sessions().find(started(user)).orElseThrow();
    int before = users.credentials("dr-li");
    users.sessions().end(session);
    assertRefused(
        Reason.NOT_LOGGED_IN, () -> users.storePassword(session, "another long password", before));
    Session next = users.sessions().find(started(user)).orElseThrow();
    users.storePassword(next, "another long password", before);
    assertRefused(
        Reason.NOT_LOGGED_IN, () -> users.storePassword(next, "the third password", before));
    assertThat(users.authenticate("dr-li", "another long password")).isEqualTo(user);
  }

  @Test
  void aUserHasAtMostTwentySessions() {
    User user = active("dr-li", Role.PHYSICIAN);
    String first = started(user);
    for (int i = 0; i < 20; i++) {
      clock.passes(Duration.ofSeconds(1));
      started(user);
    }
    assertThat(users.sessions().find(first)).isEmpty();
    assertThat(users.sessions().count()).isEqualTo(20);
  }

  @Test
  void neitherTokenNorPasswordIsInTheFiles() throws Exception {
    User user = active("dr-li", Role.PHYSICIAN);
    String token = started(user);
    users.close();
    String file =
        new String(Files.readAllBytes(folder.resolve("people.mv.db")), StandardCharsets.ISO_8859_1);
    assertThat(file).contains("dr-li").doesNotContain(token).doesNotContain(PASSWORD);
    open();
  }

  @Test
  void twoPeopleAreCountedOnceEach() {
    assertThat(users.traceApprovers().add("t1", "ann")).containsExactly("ann");
    assertThat(users.traceApprovers().add("t1", "ann")).hasSize(1);
    assertThat(users.traceApprovers().add("t1", "bob")).hasSize(2);
    assertThat(users.traceApprovers().of("t2")).isEmpty();
  }
}
