package org.medseal.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medseal.users.Accounts.NEXT;
import static org.medseal.users.Accounts.PASSWORD;
import static org.medseal.users.Accounts.assertRefused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.keystore.KeyFile;
import org.medseal.users.UserException.Reason;

/** What a recovered login password does to the keys of a role: nothing. */
class RecoveredKeysTest {
  private @TempDir Path folder;
  private Accounts people;
  private User keeper;
  private Path store;

  @BeforeEach
  void open() throws Exception {
    people = new Accounts(folder);
    keeper = people.admin("keeper");
    Files.createDirectories(people.keys);
    store = people.keys.resolve("opener.keys");
    try (KeyFile file = KeyFile.create(store, PASSWORD.toCharArray())) {
      file.put("opener.xi1", SecretBytes.random(32, new SecureRandom()));
      file.setUsers(List.of("keeper"));
      file.save();
    }
  }

  @AfterEach
  void close() {
    people.close();
  }

  private Session recovered() {
    people.users.recover(people.users.recoveries().issue(keeper.id(), false).code(), NEXT);
    return people.login("keeper", NEXT).session();
  }

  @Test
  void aRecoveryLeavesTheStoresByteForByteAndOpensNone() throws Exception {
    byte[] before = Files.readAllBytes(store);
    assertThat(recovered().keys().opener()).isEmpty();
    assertThat(Arrays.equals(Files.readAllBytes(store), before)).isTrue();
  }

  @Test
  void theOldPassphraseUnlocksThemForTheSession() {
    Session session = recovered();
    assertThat(people.logins.unlockKeys(session, PASSWORD).keys().opener()).isPresent();
    assertThat(people.users.sessions().holdingOpenerKey()).hasSize(1);
    assertThat(people.login("keeper", NEXT).session().keys().opener()).isEmpty();
  }

  @Test
  void bindingThemAnewLetsThePresentPasswordOpenThemAtOnceAndLater() {
    Session session = recovered();
    assertThat(people.logins.rebindKeys(session, PASSWORD, NEXT).keys().opener()).isPresent();
    assertThat(people.login("keeper", NEXT).session().keys().opener()).isPresent();
    assertRefused(Reason.WRONG_PASSPHRASE, () -> people.logins.unlockKeys(session, PASSWORD));
  }

  @Test
  void bindingAnewTakesThePresentPasswordToo() {
    Session session = recovered();
    assertRefused(
        Reason.WRONG_PASSWORD,
        () -> people.logins.rebindKeys(session, PASSWORD, "not the password"));
    assertThat(people.logins.unlockKeys(session, PASSWORD).keys().opener()).isPresent();
  }

  @Test
  void guessesAtThePassphraseAreLockedOutWithoutLockingTheLogin() {
    Session session = recovered();
    for (int i = 0; i < 3; i++) {
      assertRefused(Reason.WRONG_PASSPHRASE, () -> people.logins.unlockKeys(session, "a guess"));
    }
    assertRefused(Reason.LOCKED, () -> people.logins.unlockKeys(session, PASSWORD));
    assertThat(people.login("keeper", NEXT).session().user()).isEqualTo(keeper);
    people.clock.passes(Duration.ofSeconds(11));
    assertThat(people.logins.unlockKeys(session, PASSWORD).keys().opener()).isPresent();
  }

  @Test
  void unlockingTwiceHoldsOneKeyAndWipesTheOther() {
    Session once = people.logins.unlockKeys(recovered(), PASSWORD);
    Session twice = people.logins.unlockKeys(once, PASSWORD);
    assertThat(twice.keys().opener()).isEqualTo(once.keys().opener());
    people.users.sessions().end(twice);
    assertThatThrownBy(() -> once.keys().opener().orElseThrow().copy())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aChangeThatCannotBeStoredLeavesTheOldPasswordAndItsKeys() {
    RoleKeyStores stores = new RoleKeyStores(people.keys);
    assertThatThrownBy(
            () ->
                stores.rebind(
                    "keeper",
                    new RoleKeyStores.Change(PASSWORD, NEXT),
                    () -> {
                      throw new UserException(Reason.STORE, "the disk is full");
                    }))
        .isInstanceOf(UserException.class);
    people.restart();
    assertThat(people.login("keeper", PASSWORD).session().keys().opener()).isPresent();
    assertRefused(Reason.NOT_LOGGED_IN, () -> people.login("keeper", NEXT));
  }

  @Test
  void aBindingCutBeforeItReplacedTheStoreIsFinishedAtTheNextLogin() throws Exception {
    Session session = recovered();
    byte[] old = Files.readAllBytes(store);
    people.logins.rebindKeys(session, PASSWORD, NEXT);
    Files.move(store, people.keys.resolve("opener.keys.new"));
    Files.write(store, old);
    Files.setPosixFilePermissions(
        store, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    assertThat(people.login("keeper", NEXT).session().keys().opener()).isPresent();
    assertThat(people.keys.resolve("opener.keys.new")).doesNotExist();
  }
}
