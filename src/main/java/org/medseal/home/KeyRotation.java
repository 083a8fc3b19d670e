package org.medseal.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.keystore.KeyFile;

/** Changes of a node's key file while nobody writes to it; a running node has read it already. */
public final class KeyRotation {
  private KeyRotation() {}

  /**
   * Of the admin endpoint.
   *
   * @param key PKCS#8
   * @param chainPem the endpoint's certificate first
   */
  public record AdminTls(SecretBytes key, String chainPem) {}

  /**
   * Replaces the file atomically. The passphrase file beside the home is replaced too if it was the
   * one read; whether it was. KEYS or PASSPHRASE if the old one does not open it.
   */
  public static boolean changePassphrase(
      Home home, char[] old, char[] fresh, Map<String, String> environment) {
    boolean beside =
        !environment.containsKey(Passphrase.FILE_VARIABLE)
            && Files.exists(Passphrase.besideOf(home));
    Path kept =
        Passphrase.besideOf(home).resolveSibling(home.root().getFileName() + ".passphrase.new");
    if (beside) {
      Passphrase.write(kept, fresh);
    }
    reseal(home.nodeKeys(), old, fresh);
    if (beside) {
      move(kept, Passphrase.besideOf(home));
    }
    return beside;
  }

  private static void reseal(Path file, char[] old, char[] fresh) {
    Path made = file.resolveSibling(file.getFileName() + ".fresh");
    try (KeyFile from = KeyFile.open(file, old)) {
      Files.deleteIfExists(made);
      try (KeyFile to = KeyFile.create(made, fresh)) {
        for (String name : from.names()) {
          try (SecretBytes value = from.get(name)) {
            to.put(name, value);
          }
        }
        to.setUsers(from.users());
        to.save();
      }
    } catch (CryptoException | IOException e) {
      throw new HomeException(HomeException.Reason.KEYS, e.getMessage(), e);
    }
    move(made, file);
  }

  /** The key first: a chain without its key would keep the endpoint from starting. */
  public static void renewAdminTls(Home home, char[] passphrase, AdminTls fresh) {
    Path chain = home.adminCertificate().resolveSibling("admin-chain.pem.new");
    try (KeyFile file = KeyFile.open(home.nodeKeys(), passphrase)) {
      Files.writeString(chain, fresh.chainPem());
      file.put(NodeKeyring.Entry.ADMIN_TLS_KEY.key(), fresh.key());
      file.save();
    } catch (CryptoException | IOException e) {
      throw new HomeException(HomeException.Reason.KEYS, e.getMessage(), e);
    }
    move(chain, home.adminCertificate());
  }

  /** The consortium's K_v in place of the one the home was made with; before its first record. */
  public static void takeConsortiumKey(Home home, char[] passphrase, SecretBytes key) {
    try (KeyFile file = KeyFile.open(home.nodeKeys(), passphrase)) {
      file.put(NodeKeyring.Entry.CONSORTIUM_PSEUDONYM.key(), key);
      file.save();
    } catch (CryptoException e) {
      throw new HomeException(HomeException.Reason.KEYS, e.getMessage(), e);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new HomeException(HomeException.Reason.KEYS, to + " cannot be replaced", e);
    }
  }
}
