package org.medseal.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.home.Home;
import org.medseal.home.NodeKeyring;
import org.medseal.home.Passphrase;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.net.TlsIdentity;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal ledger apply}: what a member puts to the consortium for this institution. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description =
        "Prints the application for admission of this home's institution, signed by its keys, for"
            + " a member to propose.")
final class LedgerApplyCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--home", defaultValue = "home", description = "The institution's folder.")
  private Path home;

  @Option(names = "--address", required = true, description = "host:port of the node for peers.")
  private String address;

  @Option(names = "--units", defaultValue = "0", description = "Stake asked for.")
  private long units;

  @Override
  public Integer call() {
    Home at = new Home(home);
    at.requireInitialised();
    Genesis genesis = GenesisFile.read(at.genesisFile());
    String name = RunningNode.settings(at).institution();
    char[] passphrase = Passphrase.of(at, System.getenv());
    try (NodeKeyring keyring = NodeKeyring.open(at, genesis.chainId(), passphrase);
        Ed25519PrivateKey signing = keyring.institutionKey();
        Ed25519PrivateKey validator = keyring.validatorKey()) {
      Institution institution =
          new Institution(
              name,
              Bytes.of(signing.publicKey().bytes()),
              Bytes.of(keyring.grantKey().publicKey().point()),
              Bytes.of(validator.publicKey().bytes()),
              TlsIdentity.pin(keyring.peerTlsCertificate()),
              address,
              units);
      byte[] message = MembershipActions.admissionSignBytes(genesis.chainId(), institution);
      CanonicalWriter application = new CanonicalWriter();
      MembershipActions.writeChange(
          application,
          new MembershipChange.Admission(
              institution, Bytes.of(signing.sign(message)), Bytes.of(validator.sign(message))));
      PrintWriter out = spec.commandLine().getOut();
      out.println(application.toBytes().hex());
      out.flush();
    } finally {
      Passphrase.wipe(passphrase);
    }
    return 0;
  }
}
