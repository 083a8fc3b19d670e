package org.medseal.cli;

import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.model.Bytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medseal ledger new-validator-key}: the first step of a rotation. */
@Command(
    name = "new-validator-key",
    mixinStandardHelpOptions = true,
    description =
        "Adds a fresh validator key to the key file and prints it with its proof. Restart the"
            + " node, then name the key to the ledger: ledger governance key.")
final class LedgerKeyCommand implements Callable<Integer> {
  @Mixin private AtHome at;
  @Mixin private Output output;

  /** A key, and its own signature that it takes part for this institution. */
  private record Proven(Bytes key, Bytes proof) {}

  @Override
  public Integer call() {
    Proven next = at.unlocked(LedgerKeyCommand::add);
    output.print(
        Output.object().put("key", next.key().hex()).put("proof", next.proof().hex()),
        "key " + next.key().hex() + System.lineSeparator() + "proof " + next.proof().hex());
    return 0;
  }

  private static Proven add(AtHome.Institution own) {
    try (Ed25519PrivateKey next = own.keyring().addValidatorKey(new SecureRandom())) {
      Bytes key = Bytes.of(next.publicKey().bytes());
      byte[] message =
          MembershipActions.keyRotationSignBytes(own.genesis().chainId(), own.name(), key);
      return new Proven(key, Bytes.of(next.sign(message)));
    }
  }
}
