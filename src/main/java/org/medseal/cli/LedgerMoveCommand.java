package org.medseal.cli;

import java.util.concurrent.Callable;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.genesis.InstitutionShape;
import org.medseal.ledger.genesis.TlsProofs;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.TlsProof;
import org.medseal.ledger.net.TlsIdentity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medseal ledger move}: the first step of moving the node. */
@Command(
    name = "move",
    mixinStandardHelpOptions = true,
    description =
        "Prints the node's new address, its TLS key and that key's proof. Then name them to the"
            + " ledger: ledger governance move.")
final class LedgerMoveCommand implements Callable<Integer> {
  @Mixin private AtHome at;
  @Mixin private Output output;

  @Option(names = "--address", required = true, description = "host:port of the node for peers.")
  private String address;

  @Override
  public Integer call() {
    if (!InstitutionShape.isAddress(address)) {
      throw output.wrongUsage("--address is host:port");
    }
    TlsProof proof = at.unlocked(this::proof);
    String key = proof.key().hex();
    String signature = proof.signature().hex();
    output.print(
        Output.object().put("peerAddress", address).put("tlsKey", key).put("proof", signature),
        String.join(
            System.lineSeparator(), "address " + address, "key " + key, "proof " + signature));
    return 0;
  }

  private TlsProof proof(AtHome.Institution own) {
    Hash pin = TlsIdentity.pin(own.keyring().peerTlsCertificate());
    return TlsProofs.make(
        own.keyring().peerTlsCertificate().getPublicKey(),
        own.keyring().peerTlsKey(),
        MembershipActions.nodeMoveSignBytes(own.genesis().chainId(), own.name(), pin, address));
  }
}
