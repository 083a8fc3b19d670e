package org.medseal.cli;

import java.util.concurrent.Callable;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.genesis.TlsProofs;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.net.TlsIdentity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medseal ledger apply}: what a member puts to the consortium for this institution. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description =
        "Prints the application for admission of this home's institution, signed by its keys, for"
            + " a member to propose.")
final class LedgerApplyCommand implements Callable<Integer> {
  @Mixin private AtHome at;
  @Mixin private Output output;

  @Option(names = "--address", required = true, description = "host:port of the node for peers.")
  private String address;

  @Option(names = "--units", defaultValue = "0", description = "Stake asked for.")
  private long units;

  @Override
  public Integer call() {
    if (units < 0) {
      throw output.wrongUsage("--units is 0 or more");
    }
    String application = at.unlocked(this::application).hex();
    output.print(Output.object().put("application", application), application);
    return 0;
  }

  private Bytes application(AtHome.Institution own) {
    try (Ed25519PrivateKey signing = own.keyring().institutionKey();
        Ed25519PrivateKey validator = own.keyring().validatorKey()) {
      Institution institution =
          new Institution(
              own.name(),
              Bytes.of(signing.publicKey().bytes()),
              Bytes.of(own.keyring().grantKey().publicKey().point()),
              Bytes.of(validator.publicKey().bytes()),
              TlsIdentity.pin(own.keyring().peerTlsCertificate()),
              address,
              units);
      byte[] message = MembershipActions.admissionSignBytes(own.genesis().chainId(), institution);
      CanonicalWriter application = new CanonicalWriter();
      MembershipActions.writeChange(
          application,
          new MembershipChange.Admission(
              institution,
              Bytes.of(signing.sign(message)),
              Bytes.of(validator.sign(message)),
              TlsProofs.make(
                  own.keyring().peerTlsCertificate().getPublicKey(),
                  own.keyring().peerTlsKey(),
                  message)));
      return application.toBytes();
    }
  }
}
