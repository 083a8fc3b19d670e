package org.medseal.cli;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.sm2.SealedEnvelope;
import org.medseal.crypto.sm2.Sm2PublicKey;
import org.medseal.ledger.codec.CanonicalReader;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.MembershipChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code medseal keys share}: the consortium's pseudonym key for a newcomer, and nobody else. */
@Command(
    name = "share",
    mixinStandardHelpOptions = true,
    description =
        "Seals the consortium's pseudonym key to a newcomer's own key; only its home can take it.")
final class KeysShareCommand implements Callable<Integer> {
  @Mixin private AtHome at;
  @Mixin private Output output;

  @Parameters(
      paramLabel = "APPLICATION",
      description = "The line of ledger apply; compare its keys with the newcomer by telephone.")
  private String application;

  @Override
  public Integer call() {
    Institution newcomer = newcomer();
    String sealed = at.unlocked(own -> sealed(own, newcomer)).hex();
    output.print(Output.object().put("institution", newcomer.name()).put("sealed", sealed), sealed);
    return 0;
  }

  /** What the sealed key is bound to: chain and recipient. */
  static String context(String chainId, String institution) {
    return "medseal:consortium-key:1:" + chainId + ":" + institution;
  }

  private static Bytes sealed(AtHome.Institution own, Institution newcomer) {
    String context = context(own.genesis().chainId(), newcomer.name());
    List<Sm2PublicKey> recipient = List.of(Sm2PublicKey.fromPoint(newcomer.grantKey().toArray()));
    try (SecretBytes key = own.keyring().consortiumSecret()) {
      return Bytes.of(
          key.use(clear -> SealedEnvelope.seal(context, clear, recipient, new SecureRandom())));
    }
  }

  private Institution newcomer() {
    try {
      CanonicalReader in = new CanonicalReader(Bytes.fromHex(application).toArray());
      MembershipChange change = MembershipActions.readChange(in);
      in.end();
      if (change instanceof MembershipChange.Admission admission) {
        return admission.institution();
      }
    } catch (CodecException | CryptoException | IllegalArgumentException e) {
      throw output.wrongUsage("APPLICATION is not a line that ledger apply writes");
    }
    throw output.wrongUsage("APPLICATION asks for something else than admission");
  }
}
