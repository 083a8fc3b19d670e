package org.medseal.cli;

import java.util.concurrent.Callable;
import org.medseal.ledger.node.LedgerRestore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medseal ledger sign-again}: an operator's word against silence. */
@Command(
    name = "sign-again",
    mixinStandardHelpOptions = true,
    description =
        "Ends the silence of a restored or set-back validator at its next start, on the word of"
            + " an operator. If another copy of it runs, its stake is slashed.")
final class LedgerSignAgainCommand implements Callable<Integer> {
  @Mixin private AtHome at;
  @Mixin private Output output;

  @Option(
      names = "--no-other-copy-runs",
      required = true,
      description = "I have made sure that no other copy of this home runs or will run.")
  @SuppressWarnings("UnusedVariable") // that the word is there is all: picocli asks for it
  private boolean confirmed;

  @Override
  public Integer call() {
    boolean wasSilent = LedgerRestore.confirmSigning(at.home().root());
    output.print(
        Output.object().put("wasSilent", wasSilent),
        wasSilent
            ? "it signs again after its next start, once it has heard from its peers"
            : "nothing keeps this validator from signing");
    return 0;
  }
}
