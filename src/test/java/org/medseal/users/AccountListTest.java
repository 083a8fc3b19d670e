package org.medseal.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medseal.users.Accounts.PASSWORD;
import static org.medseal.users.Accounts.assertRefused;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.users.UserException.Reason;

class AccountListTest {
  private @TempDir Path folder;
  private Accounts people;

  @BeforeEach
  void open() {
    people = new Accounts(folder);
  }

  @AfterEach
  void close() {
    people.close();
  }

  private List<String> logins(
      Optional<UserState> state, Optional<Role> role, String text, String after, int limit) {
    return people.users.users(new UserFilter(state, role, text, after, limit)).stream()
        .map(User::login)
        .toList();
  }

  private List<String> matching(String text) {
    return logins(Optional.empty(), Optional.empty(), text, "", 10);
  }

  @Test
  void usersAreFilteredByStateRoleAndText() {
    people.admin("chief");
    people.users.register("zhang", PASSWORD, new Profile("张医生", "z@example.org", "110-X%_"));
    people.has("wang", Role.PHYSICIAN, Role.AUDITOR);
    people.users.disable(people.has("left", Role.PHYSICIAN).id());
    assertThat(logins(Optional.of(UserState.PENDING), Optional.empty(), "", "", 9))
        .containsExactly("zhang");
    assertThat(logins(Optional.empty(), Optional.of(Role.PHYSICIAN), "", "", 9))
        .containsExactly("left", "wang");
    assertThat(logins(Optional.of(UserState.ACTIVE), Optional.of(Role.AUDITOR), "", "", 9))
        .containsExactly("wang");
    assertThat(matching("张")).containsExactly("zhang");
    assertThat(matching("x%_")).containsExactly("zhang");
    assertThat(matching("ANG")).containsExactly("wang", "zhang");
  }

  @Test
  void whatLooksLikeSqlIsTextAndNothingElse() {
    people.has("wang", Role.PHYSICIAN);
    for (String text : new String[] {"' OR '1'='1", "%", "_", "\"; DROP TABLE users; --"}) {
      assertThat(matching(text)).as(text).isEmpty();
    }
    assertThat(matching("wang")).hasSize(1);
  }

  @Test
  void pagesFollowOneAnotherWithoutGapOrRepetition() {
    for (String login : new String[] {"cc", "aa", "ee", "bb", "dd"}) {
      people.has(login, Role.PHYSICIAN);
    }
    assertThat(logins(Optional.empty(), Optional.empty(), "", "", 2)).containsExactly("aa", "bb");
    String after = people.users.findByLogin("bb").orElseThrow().id();
    assertThat(logins(Optional.empty(), Optional.empty(), "", after, 2))
        .containsExactly("cc", "dd");
    assertRefused(
        Reason.UNKNOWN_USER, () -> logins(Optional.empty(), Optional.empty(), "", "nobody", 2));
  }

  @Test
  void aDisabledUserIsEnabledWithTheRolesOfBeforeAndOldSessionsStayOut() {
    people.admin("chief");
    User ann = people.has("ann", Role.PHYSICIAN, Role.AUDITOR);
    String token = people.login("ann", PASSWORD).token();
    people.users.disable(ann.id());
    User again = people.users.enable(ann.id());
    assertThat(again.roles()).isEqualTo(Set.of(Role.PHYSICIAN, Role.AUDITOR));
    assertThat(people.users.sessions().find(token)).isEmpty();
    assertThat(people.login("ann", PASSWORD).session().user()).isEqualTo(again);
    assertRefused(Reason.WRONG_STATE, () -> people.users.enable(ann.id()));
    people.users.register("new", PASSWORD, "");
    String pending = people.users.findByLogin("new").orElseThrow().id();
    assertRefused(Reason.WRONG_STATE, () -> people.users.enable(pending));
  }

  @Test
  void sessionsAreListedAndEndedByTheirOwnerAlone() {
    User ann = people.has("ann", Role.PHYSICIAN);
    User bob = people.has("bob", Role.PHYSICIAN);
    Logins.Started first = people.login("ann", PASSWORD);
    people.clock.passes(Duration.ofMinutes(1));
    Logins.Started second = people.login("ann", PASSWORD);
    Sessions sessions = people.users.sessions();
    assertThat(sessions.of(ann.id()))
        .extracting(Sessions.Listed::id)
        .containsExactly(second.session().id(), first.session().id());
    assertThat(sessions.of(ann.id()).get(1).lastSeenAt())
        .contains(people.clock.instant().minusSeconds(60));
    assertRefused(Reason.UNKNOWN_SESSION, () -> sessions.end(bob.id(), first.session().id()));
    assertThat(sessions.find(first.token())).isPresent();
    sessions.end(ann.id(), first.session().id());
    assertThat(sessions.find(first.token())).isEmpty();
    assertThat(sessions.endAll(ann.id())).isEqualTo(1);
    assertThat(sessions.find(second.token())).isEmpty();
  }

  @Test
  void everyLoginHasATokenOfItsOwnAndAnEndedOneStaysEnded() {
    people.has("ann", Role.PHYSICIAN);
    Logins.Started first = people.login("ann", PASSWORD);
    Logins.Started second = people.login("ann", PASSWORD);
    assertThat(first.token()).isNotEqualTo(second.token());
    people.logins.logout(first.session());
    people.restart();
    assertThat(people.users.sessions().find(first.token())).isEmpty();
    assertThat(people.users.sessions().find(first.session().id())).isEmpty();
    assertThat(people.users.sessions().find(second.token())).isPresent();
  }

  @Test
  void addressesThatAreNoneOrSeveralAreRefused() {
    for (String bad :
        new String[] {
          "x", "a@b@c", "a b@c.org", "a@b.org\r\nBcc: x@y.org", "<a@b.org>", "a@b.org,c@d.org", "@"
        }) {
      assertRefused(Reason.BAD_PROFILE, () -> new Profile("Ann", bad, ""));
    }
    assertRefused(Reason.BAD_PROFILE, () -> new Profile(" ", "", ""));
    assertRefused(Reason.BAD_PROFILE, () -> new Profile("Ann", "", "x".repeat(65)));
    assertThat(new Profile("Ann", "ann.o'hara+x@h-1.example.org", "").toString())
        .doesNotContain("example");
  }

  /** The tables as the first program made them. */
  @Test
  void aDatabaseOfAnEarlierProgramOpens() throws Exception {
    people.users.close();
    Path old = folder.resolve("old");
    String url = "jdbc:h2:file:" + old.toAbsolutePath().resolve("people");
    try (Connection connection = DriverManager.getConnection(url, "medseal", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE users (id VARCHAR(36) PRIMARY KEY, login VARCHAR(64) NOT NULL UNIQUE,"
              + " display_name VARCHAR(200) NOT NULL, password VARCHAR(200) NOT NULL, state"
              + " VARCHAR(16) NOT NULL, roles VARCHAR(100) NOT NULL, created_ms BIGINT NOT NULL,"
              + " failures INT NOT NULL, locked_until_ms BIGINT NOT NULL)");
      statement.execute(
          "CREATE TABLE sessions (token_hash VARCHAR(64) PRIMARY KEY, user_id VARCHAR(36) NOT NULL,"
              + " expires_ms BIGINT NOT NULL)");
      statement.execute(
          "INSERT INTO users VALUES ('1', 'ann', 'Ann', 'none', 'ACTIVE', 'ADMIN', 0, 0, 0)");
    }
    for (int opened = 0; opened < 2; opened++) {
      try (UserStore users = UserStore.open(old, Accounts.means(people.clock, Optional.empty()))) {
        User ann = users.findByLogin("ann").orElseThrow();
        assertThat(ann.profile()).isEqualTo(Profile.named("Ann"));
        assertThat(ann.roles()).containsExactly(Role.ADMIN);
        assertThat(users.sessions().start(ann, RoleKeys.none(), users.credentials("ann")))
            .isNotEmpty();
      }
    }
    people.restart();
  }
}
