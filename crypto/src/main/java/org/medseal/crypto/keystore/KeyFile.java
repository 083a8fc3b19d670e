package org.medseal.crypto.keystore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.CryptoException.Reason;
import org.medseal.crypto.SecretBytes;

/**
 * One encrypted file of named keys: PBKDF2-HMAC-SHA-256 and AES-256-CBC as in PBES2, with an HMAC
 * over the content. Written atomically and fsynced by {@link #save()}, mode 0600, which is checked
 * at open. Errors name the file. Thread-safe; close wipes what is in memory.
 */
public final class KeyFile implements AutoCloseable {
  private final Path file;
  private final SecureRandom random = new SecureRandom();
  private final KeyFileFormat.Lock lock;
  private KeyFileContent content;

  private KeyFile(Path file, KeyFileFormat.Lock lock, KeyFileContent content) {
    this.file = file;
    this.lock = lock;
    this.content = content;
  }

  /** Writes an empty file at once; refuses to replace an existing one. */
  public static KeyFile create(Path file, char[] passphrase) {
    return create(file, passphrase, Passphrases.ITERATIONS);
  }

  static KeyFile create(Path file, char[] passphrase, int iterations) {
    if (Files.exists(file)) {
      throw new CryptoException(Reason.IO, "key file " + file + " exists already");
    }
    KeyFileFormat.Lock lock = KeyFileFormat.Lock.create(passphrase, iterations, new SecureRandom());
    KeyFile created = new KeyFile(file, lock, KeyFileContent.empty());
    created.save();
    return created;
  }

  /** BAD_PERMISSIONS, BAD_PASSPHRASE, MALFORMED, NOT_AUTHENTIC or IO, naming the file. */
  public static KeyFile open(Path file, char[] passphrase) {
    try {
      PrivateFiles.requireOwnerOnly(file);
      KeyFileFormat.Unlocked unlocked = KeyFileFormat.read(Files.readAllBytes(file), passphrase);
      try {
        return new KeyFile(file, unlocked.lock(), KeyFileContent.decode(unlocked.content()));
      } finally {
        Passphrases.wipe(unlocked.content());
      }
    } catch (KeyFileFormat.Refused e) {
      throw new CryptoException(e.reason(), "key file " + file + " " + e.getMessage());
    } catch (IOException e) {
      throw new CryptoException(Reason.IO, "key file " + file + " cannot be read", e);
    }
  }

  /** A copy the caller closes; MISSING_KEY names the entry and the file. */
  public SecretBytes get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new CryptoException(
                    Reason.MISSING_KEY, "key file " + file + " has no entry '" + name + "'"));
  }

  public synchronized Optional<SecretBytes> find(String name) {
    return content.find(name);
  }

  public synchronized Set<String> names() {
    return new TreeSet<>(content.names());
  }

  /** Keeps a copy; on disk only after {@link #save()}. Replaces an entry of that name. */
  public synchronized void put(String name, SecretBytes value) {
    content.put(name, value);
  }

  /** Logins allowed to unlock this file; empty when it names none. */
  public synchronized List<String> users() {
    return content.users();
  }

  public synchronized void setUsers(List<String> logins) {
    content = content.withUsers(logins);
  }

  /** Durable when it returns: temporary file, fsync, atomic rename, fsync of the folder. */
  public synchronized void save() {
    byte[] clear = content.encode();
    try {
      PrivateFiles.replace(file, KeyFileFormat.write(lock, clear, random));
    } catch (IOException e) {
      throw new CryptoException(Reason.IO, "key file " + file + " cannot be written", e);
    } finally {
      Passphrases.wipe(clear);
    }
  }

  @Override
  public synchronized void close() {
    content.wipe();
    lock.master().close();
  }
}
