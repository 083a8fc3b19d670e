package org.medseal.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.keystore.KeyFile;

/**
 * Hands a role key from the passphrase it was founded with to a user: from then on that user's
 * password opens it.
 */
public final class RoleKeyBinding {
  private final Home home;

  public RoleKeyBinding(Home home) {
    this.home = home;
  }

  /** KEYS unless this home holds the key and this passphrase opens it. */
  public void requireOpens(RoleKey role, char[] founded) {
    try (KeyFile opened = KeyFile.open(existing(role), founded)) {
      opened.get(role.entry()).close();
    } catch (CryptoException e) {
      throw new HomeException(HomeException.Reason.KEYS, e.getMessage(), e);
    }
  }

  /**
   * Replaces the key file atomically; KEYS when this home holds no such key or the passphrase is
   * wrong.
   */
  public void bind(RoleKey role, char[] founded, String login, char[] password) {
    Path file = existing(role);
    Path bound = file.resolveSibling(file.getFileName() + ".bound");
    try (KeyFile from = KeyFile.open(file, founded)) {
      Files.deleteIfExists(bound);
      try (KeyFile to = KeyFile.create(bound, password)) {
        for (String name : from.names()) {
          try (SecretBytes value = from.get(name)) {
            to.put(name, value);
          }
        }
        to.setUsers(List.of(login));
        to.save();
      }
      Files.move(bound, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (CryptoException | IOException e) {
      throw new HomeException(HomeException.Reason.KEYS, e.getMessage(), e);
    }
  }

  private Path existing(RoleKey role) {
    Path file = role.file(home);
    if (!Files.exists(file)) {
      throw new HomeException(
          HomeException.Reason.KEYS, home.root() + " holds no " + file.getFileName());
    }
    return file;
  }
}
