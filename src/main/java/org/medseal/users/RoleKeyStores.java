package org.medseal.users;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.keystore.KeyFile;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.users.UserException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stores of the custodian's, issuer's and opener's keys. Each opens with the login password of
 * the user it names and with nothing else, so a password set by anybody else does not open it.
 */
public final class RoleKeyStores {
  private static final Logger LOG = LoggerFactory.getLogger(RoleKeyStores.class);
  static final String CUSTODIAN = "custodian.keys";
  static final String ISSUER = "issuer.keys";
  static final String OPENER = "opener.keys";

  /** Entries of custodian keys: this one, and any that begins with it and a dot. */
  public static final String CUSTODIAN_ENTRY = "custodian.sm2";

  private final Path folder;

  public RoleKeyStores(Path keysFolder) {
    this.folder = keysFolder;
  }

  /** The store of a custodian who is not the first of this institution. */
  public static String custodianStore(String login) {
    return "custodian-" + login + ".keys";
  }

  private static List<String> stores(String login) {
    return List.of(CUSTODIAN, custodianStore(login), ISSUER, OPENER);
  }

  /** What of the stores this user's password opens; often nothing. A broken store is thrown. */
  public RoleKeys unlock(String login, String password) {
    return unlock(
        login,
        password,
        (name, failure) -> {
          throw failure;
        });
  }

  /** The same without what is broken, so that one bad file keeps no administrator out. */
  RoleKeys unlockReadable(String login, String password) {
    return unlock(
        login,
        password,
        (name, failure) -> LOG.error("The key store {} stays shut: {}", name, kind(failure)));
  }

  private static String kind(RuntimeException failure) {
    return failure instanceof CryptoException crypto
        ? crypto.reason().name()
        : failure.getClass().getName();
  }

  /** What becomes of a store that is neither opened nor simply shut. */
  private interface Broken {
    void store(String name, RuntimeException failure);
  }

  private synchronized RoleKeys unlock(String login, String password, Broken broken) {
    RoleKeys keys = RoleKeys.none();
    boolean done = false;
    try {
      for (String name : stores(login)) {
        try {
          keys = keys.and(held(name, login, password));
        } catch (CryptoException | UserException e) {
          broken.store(name, e);
        }
      }
      done = true;
      return keys;
    } finally {
      if (!done) {
        keys.close();
      }
    }
  }

  private RoleKeys held(String name, String login, String password) {
    try (KeyFile file = open(name, login, password).orElse(null)) {
      if (file == null) {
        return RoleKeys.none();
      }
      return switch (name) {
        case OPENER -> new RoleKeys(List.of(), file.find("opener.xi1"), Optional.empty());
        case ISSUER -> new RoleKeys(List.of(), Optional.empty(), file.find("issuer.gamma.1"));
        default -> new RoleKeys(custodianKeys(file), Optional.empty(), Optional.empty());
      };
    }
  }

  /**
   * Makes a custodian key for this user, beside the ones the same password opens, else in a store
   * of its own; the caller closes it. WRONG_PASSWORD when there is such a store and it does not
   * open.
   */
  public synchronized Sm2PrivateKey addCustodian(
      String login, String password, SecureRandom random) {
    String name = LoginNames.canonical(login);
    for (String store : List.of(CUSTODIAN, custodianStore(name))) {
      try (KeyFile file = open(store, name, password).orElse(null)) {
        if (file != null) {
          return added(file, random);
        }
      }
    }
    Path fresh = folder.resolve(custodianStore(name));
    if (Files.exists(fresh)) {
      throw new UserException(
          Reason.WRONG_PASSWORD, "This password does not open " + fresh.getFileName() + ".");
    }
    char[] passphrase = characters(password);
    try (KeyFile file = KeyFile.create(fresh, passphrase)) {
      file.setUsers(List.of(name));
      return added(file, random);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  /** Under the next free number, so that the oldest stays the first. */
  private static Sm2PrivateKey added(KeyFile file, SecureRandom random) {
    long before = file.names().stream().filter(RoleKeyStores::isCustodianEntry).count();
    Sm2PrivateKey key = Sm2PrivateKey.generate(random);
    try (SecretBytes scalar = key.scalar()) {
      file.put(
          before == 0
              ? CUSTODIAN_ENTRY
              : CUSTODIAN_ENTRY + String.format(Locale.ROOT, ".%04d", before + 1),
          scalar);
    }
    file.save();
    return key;
  }

  private static List<Sm2PrivateKey> custodianKeys(KeyFile file) {
    return file.names().stream()
        .filter(RoleKeyStores::isCustodianEntry)
        .sorted()
        .map(entry -> custodianKey(file.get(entry)))
        .toList();
  }

  private static boolean isCustodianEntry(String entry) {
    return entry.equals(CUSTODIAN_ENTRY) || entry.startsWith(CUSTODIAN_ENTRY + ".");
  }

  /**
   * Binds what the old password opens to the new one: written beside the old files first, then the
   * password is stored, then they replace the old ones. {@link #unlock} finishes after a crash.
   * Answers how many there were.
   */
  synchronized int rebind(String login, Change change, Runnable storePassword) {
    List<String> bound =
        stores(login).stream().filter(name -> prepare(name, login, change)).toList();
    storePassword.run();
    bound.forEach(name -> replace(folder.resolve(name)));
    return bound.size();
  }

  record Change(String oldPassword, String newPassword) {}

  private boolean prepare(String name, String login, Change change) {
    Optional<KeyFile> opened = open(name, login, change.oldPassword());
    if (opened.isEmpty()) {
      return false;
    }
    try (KeyFile old = opened.get()) {
      if (old.users().size() > 1) {
        throw new UserException(
            Reason.SHARED_KEY_STORE, "Several users unlock " + name + "; bind it to one first.");
      }
      Path beside = beside(folder.resolve(name));
      Files.deleteIfExists(beside);
      char[] passphrase = characters(change.newPassword());
      try (KeyFile fresh = KeyFile.create(beside, passphrase)) {
        for (String key : old.names()) {
          try (SecretBytes value = old.get(key)) {
            fresh.put(key, value);
          }
        }
        fresh.setUsers(old.users());
        fresh.save();
      } finally {
        Arrays.fill(passphrase, '\0');
      }
      return true;
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  private Optional<KeyFile> open(String name, String login, String password) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Optional<KeyFile> current = tryOpen(file, login, password);
    Path beside = beside(file);
    if (!Files.exists(beside)) {
      return current;
    }
    if (current.isPresent()) {
      delete(beside);
      return current;
    }
    Optional<KeyFile> interrupted = tryOpen(beside, login, password);
    if (interrupted.isPresent()) {
      replace(file);
    }
    return interrupted;
  }

  private static Optional<KeyFile> tryOpen(Path file, String login, String password) {
    char[] passphrase = characters(password);
    try {
      KeyFile opened = KeyFile.open(file, passphrase);
      if (opened.users().contains(login)) {
        return Optional.of(opened);
      }
      opened.close();
      return Optional.empty();
    } catch (CryptoException e) {
      if (e.reason() == CryptoException.Reason.BAD_PASSPHRASE) {
        return Optional.empty();
      }
      throw e;
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  private static Sm2PrivateKey custodianKey(SecretBytes scalar) {
    try (scalar) {
      return Sm2PrivateKey.fromScalar(scalar);
    }
  }

  private static void replace(Path file) {
    try {
      Files.move(beside(file), file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder =
          FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw failed(file.getFileName().toString(), e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw failed(file.getFileName().toString(), e);
    }
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private static char[] characters(String password) {
    return PasswordRules.normal(password).toCharArray();
  }

  private static UserException failed(String name, IOException e) {
    return new UserException(Reason.STORE, "The key store " + name + " could not be written.", e);
  }
}
