package org.medseal.cli;

import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.home.Passphrase;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.users.RoleKeyStores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medseal keys new-custodian}: the first step of taking a custodian in. */
@Command(
    name = "new-custodian",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a custodian key for a user and prints it with its proof. The user's password opens it"
          + " at the next login. Then put it to the vote: custodians add KEY PROOF.",
      "Whoever has a custodian key already gets the new one beside it: the old one goes on opening"
          + " the records of its time."
    })
final class NewCustodianCommand implements Callable<Integer> {
  @Mixin private AtHome at;
  @Mixin private PasswordFile passwordFile;
  @Mixin private Output output;

  @Option(names = "--login", required = true, description = "Login of the custodian.")
  private String login;

  @Override
  public Integer call() {
    String institution = RunningNode.settings(at.home()).institution();
    char[] password = passwordFile.read();
    try (Sm2PrivateKey key =
        new RoleKeyStores(at.home().keys())
            .addCustodian(login, new String(password), new SecureRandom())) {
      CustodianKey added = new CustodianKey(institution, Bytes.of(key.publicKey().point()));
      byte[] message = MembershipActions.custodianSignBytes(at.genesis().chainId(), added);
      Bytes proof = Bytes.of(key.prove(message, new SecureRandom()));
      output.print(
          Output.object().put("key", added.sm2Point().hex()).put("proof", proof.hex()),
          "key " + added.sm2Point().hex() + System.lineSeparator() + "proof " + proof.hex());
      return 0;
    } finally {
      Passphrase.wipe(password);
    }
  }
}
