package org.medseal.consortium;

import java.nio.file.Path;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.group.Issuer;
import org.medseal.crypto.group.Opener;
import org.medseal.crypto.keystore.KeyFile;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.home.Home;
import org.medseal.home.RoleKey;

/**
 * The key files of the custodian, the issuer and the opener, each under its holder's passphrase.
 */
record RoleKeyFiles(ConsortiumPlan.RoleHolders holders) {
  void custodian(Path home, Sm2PrivateKey key) {
    try (SecretBytes scalar = key.scalar()) {
      write(home, RoleKey.CUSTODIAN, holders.custodian(), scalar);
    }
  }

  void issuer(Path home, Issuer issuer) {
    try (SecretBytes gamma = issuer.secret()) {
      write(home, RoleKey.ISSUER, holders.issuer(), gamma);
    }
  }

  void opener(Path home, Opener opener) {
    try (SecretBytes xi1 = opener.secret()) {
      write(home, RoleKey.OPENER, holders.opener(), xi1);
    }
  }

  private static void write(
      Path home, RoleKey role, ConsortiumPlan.Holder holder, SecretBytes secret) {
    try (KeyFile file = KeyFile.create(role.file(new Home(home)), holder.passphrase())) {
      file.put(role.entry(), secret);
      file.setUsers(holder.logins());
      file.save();
    }
  }
}
