package org.medseal.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.keystore.KeyFile;
import org.medseal.crypto.sm2.Sm2PrivateKey;

class RoleKeyStoresTest {
  private static final String OLD = "the old long password";
  private static final String NEW = "the new long password";
  private static final PasswordHash.Cost CHEAP = new PasswordHash.Cost(64, 1, 1);

  private @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private final Sm2PrivateKey custodian = Sm2PrivateKey.generate(new SecureRandom());
  private UserStore users;
  private Logins logins;

  @BeforeEach
  void open() {
    users =
        UserStore.open(
            folder.resolve("people"),
            new UserStore.Means(
                CHEAP, SessionRules.defaults(), clock, Optional.empty(), Optional.empty()));
    logins = new Logins(users, new RoleKeyStores(folder));
    users.createFirstAdmin("keeper", OLD, Set.of());
  }

  @AfterEach
  void close() {
    users.close();
  }

  private void store(String file, String entry, SecretBytes value, List<String> logins) {
    try (KeyFile store = KeyFile.create(folder.resolve(file), OLD.toCharArray())) {
      store.put(entry, value);
      store.setUsers(logins);
      store.save();
    }
  }

  private void storeCustodian(List<String> logins) {
    store("custodian.keys", "custodian.sm2", custodian.scalar(), logins);
  }

  private Logins.Started login(String login, String password) {
    return logins.login(new Authenticator.Password(login, password));
  }

  @Test
  void theUsersOwnPasswordUnlocksTheStoreThatNamesTheUser() {
    storeCustodian(List.of("keeper"));
    Session session = login("keeper", OLD).session();
    assertThat(session.keys().custodian().orElseThrow().publicKey())
        .isEqualTo(custodian.publicKey());
    assertThat(session.keys().opener()).isEmpty();
  }

  @Test
  void aStoreThatNamesSomebodyElseStaysShutEvenWithItsPassphrase() {
    storeCustodian(List.of("another"));
    assertThat(login("keeper", OLD).session().keys().custodian()).isEmpty();
  }

  @Test
  void onlyAdministratorsUnlock() {
    users.register("dr-li", OLD, "");
    users.approve(users.findByLogin("dr-li").orElseThrow().id(), Set.of(Role.PHYSICIAN));
    storeCustodian(List.of("dr-li"));
    assertThat(login("dr-li", OLD).session().keys().custodian()).isEmpty();
  }

  @Test
  void changingThePasswordBindsEveryStoreAnew() {
    storeCustodian(List.of("keeper"));
    store(
        "issuer.keys",
        "issuer.gamma.1",
        SecretBytes.random(32, new SecureRandom()),
        List.of("keeper"));
    logins.changePassword(login("keeper", OLD).session(), OLD, NEW);
    assertThat(login("keeper", NEW).session().keys().custodian()).isPresent();
    try (KeyFile issuer = KeyFile.open(folder.resolve("issuer.keys"), NEW.toCharArray())) {
      assertThat(issuer.names()).containsExactly("issuer.gamma.1");
      assertThat(issuer.users()).containsExactly("keeper");
    }
    assertThat(folder.resolve("custodian.keys.new")).doesNotExist();
  }

  @Test
  void aPasswordChangeEndsTheOtherSessionsAndWipesTheirKeys() {
    storeCustodian(List.of("keeper"));
    Logins.Started other = login("keeper", OLD);
    Logins.Started mine = login("keeper", OLD);
    logins.changePassword(mine.session(), OLD, NEW);
    assertThat(users.sessions().find(other.token())).isEmpty();
    assertThat(users.sessions().find(mine.token())).isPresent();
    Sm2PrivateKey wiped = other.session().keys().custodian().orElseThrow();
    assertThatThrownBy(wiped::scalar).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theWrongOldPasswordChangesNothing() {
    storeCustodian(List.of("keeper"));
    Session session = login("keeper", OLD).session();
    assertThatThrownBy(() -> logins.changePassword(session, NEW, NEW))
        .isInstanceOf(UserException.class);
    assertThat(login("keeper", OLD).session().keys().custodian()).isPresent();
  }

  @Test
  void aStoreOfSeveralUsersStopsThePasswordChange() {
    storeCustodian(List.of("keeper", "another"));
    Session session = login("keeper", OLD).session();
    assertThatThrownBy(() -> logins.changePassword(session, OLD, NEW))
        .isInstanceOfSatisfying(
            UserException.class,
            e -> assertThat(e.reason()).isEqualTo(UserException.Reason.SHARED_KEY_STORE));
    assertThat(users.authenticate("keeper", OLD).login()).isEqualTo("keeper");
  }

  @Test
  void aChangeCutAfterThePasswordWasStoredIsFinishedAtTheNextLogin() throws Exception {
    storeCustodian(List.of("keeper"));
    Path file = folder.resolve("custodian.keys");
    Path kept = folder.resolve("kept");
    Files.copy(file, kept, StandardCopyOption.COPY_ATTRIBUTES);
    logins.changePassword(login("keeper", OLD).session(), OLD, NEW);
    Files.move(file, folder.resolve("custodian.keys.new"));
    Files.move(kept, file);
    assertThat(login("keeper", NEW).session().keys().custodian()).isPresent();
    assertThat(folder.resolve("custodian.keys.new")).doesNotExist();
    assertThat(login("keeper", NEW).session().keys().custodian()).isPresent();
  }

  @Test
  void aChangeCutBeforeThePasswordWasStoredIsForgotten() throws Exception {
    storeCustodian(List.of("keeper"));
    Path beside = folder.resolve("custodian.keys.new");
    try (KeyFile half = KeyFile.create(beside, NEW.toCharArray())) {
      half.setUsers(List.of("keeper"));
      half.save();
    }
    assertThat(login("keeper", OLD).session().keys().custodian()).isPresent();
    assertThat(beside).doesNotExist();
  }

  @Test
  void aBrokenStoreKeepsNobodyOut() throws Exception {
    storeCustodian(List.of("keeper"));
    Files.writeString(folder.resolve("opener.keys"), "cut");
    Files.setPosixFilePermissions(
        folder.resolve("opener.keys"), PosixFilePermissions.fromString("rw-------"));
    Session session = login("keeper", OLD).session();
    assertThat(session.keys().custodian()).isPresent();
    assertThat(session.keys().opener()).isEmpty();
    assertThatThrownBy(() -> logins.unlockKeys(session, OLD)).isInstanceOf(CryptoException.class);
  }

  @Test
  void whoIsNoAdministratorAnyMoreHoldsNoKey() {
    store(
        "opener.keys", "opener.xi1", SecretBytes.random(32, new SecureRandom()), List.of("keeper"));
    Logins.Started started = login("keeper", OLD);
    assertThat(users.sessions().holdingOpenerKey()).hasSize(1);
    users.register("second", OLD, "");
    users.approve(users.findByLogin("second").orElseThrow().id(), Set.of(Role.ADMIN));
    users.setRoles(started.session().user().id(), Set.of(Role.AUDITOR));
    assertThat(users.sessions().holdingOpenerKey()).isEmpty();
    assertThat(users.sessions().find(started.token()).orElseThrow().keys().opener()).isEmpty();
    assertThatThrownBy(started.session().keys().opener().orElseThrow()::copy)
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theOpenersKeyIsOutOfUseWhenItsSessionIsTooOld() {
    store(
        "opener.keys", "opener.xi1", SecretBytes.random(32, new SecureRandom()), List.of("keeper"));
    Logins.Started started = login("keeper", OLD);
    Duration step = Duration.ofMinutes(20);
    for (Duration passed = step;
        passed.compareTo(SessionRules.defaults().longest()) < 0;
        passed = passed.plus(step)) {
      clock.passes(step);
      assertThat(users.sessions().find(started.token())).isPresent();
      assertThat(users.sessions().holdingOpenerKey()).hasSize(1);
    }
    clock.passes(step);
    assertThat(users.sessions().holdingOpenerKey()).isEmpty();
  }

  @Test
  void logoutAndIdlenessWipeTheKeys() {
    storeCustodian(List.of("keeper"));
    Session out = login("keeper", OLD).session();
    logins.logout(out);
    assertThatThrownBy(() -> out.keys().custodian().orElseThrow().scalar())
        .isInstanceOf(IllegalStateException.class);
    Session idle = login("keeper", OLD).session();
    clock.passes(Duration.ofMinutes(31));
    users.sessions().endIdle();
    assertThatThrownBy(() -> idle.keys().custodian().orElseThrow().scalar())
        .isInstanceOf(IllegalStateException.class);
  }
}
