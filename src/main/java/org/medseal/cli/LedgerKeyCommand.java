package org.medseal.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.home.Home;
import org.medseal.home.NodeKeyring;
import org.medseal.home.Passphrase;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal ledger new-validator-key}: the first step of a rotation. */
@Command(
    name = "new-validator-key",
    mixinStandardHelpOptions = true,
    description =
        "Adds a fresh validator key to the key file and prints it with its proof. Restart the"
            + " node, then name the key to the ledger: ledger governance key.")
final class LedgerKeyCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--home", defaultValue = "home", description = "The institution's folder.")
  private Path home;

  @Override
  public Integer call() {
    Home at = new Home(home);
    at.requireInitialised();
    Genesis genesis = GenesisFile.read(at.genesisFile());
    String institution = RunningNode.settings(at).institution();
    char[] passphrase = Passphrase.of(at, System.getenv());
    try (NodeKeyring keyring = NodeKeyring.open(at, genesis.chainId(), passphrase);
        Ed25519PrivateKey next = keyring.addValidatorKey(new SecureRandom())) {
      Bytes key = Bytes.of(next.publicKey().bytes());
      byte[] proof =
          next.sign(MembershipActions.keyRotationSignBytes(genesis.chainId(), institution, key));
      PrintWriter out = spec.commandLine().getOut();
      out.printf("{\"key\":\"%s\",\"proof\":\"%s\"}%n", key.hex(), Bytes.of(proof).hex());
      out.flush();
    } finally {
      Passphrase.wipe(passphrase);
    }
    return 0;
  }
}
