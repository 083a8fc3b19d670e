package org.medseal.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.medseal.home.Home;
import org.medseal.ledger.node.LedgerRestore;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal ledger sign-again}: an operator's word against silence. */
@Command(
    name = "sign-again",
    mixinStandardHelpOptions = true,
    description =
        "Ends the silence of a restored or set-back validator at its next start, on the word of"
            + " an operator. If another copy of it runs, its stake is slashed.")
final class LedgerSignAgainCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--home", defaultValue = "home", description = "The institution's folder.")
  private Path home;

  @Option(
      names = "--no-other-copy-runs",
      required = true,
      description = "I have made sure that no other copy of this home runs or will run.")
  @SuppressWarnings("UnusedVariable") // that the word is there is all: picocli asks for it
  private boolean confirmed;

  @Override
  public Integer call() {
    Home at = new Home(home);
    at.requireInitialised();
    boolean wasSilent = LedgerRestore.confirmSigning(at.root());
    spec.commandLine()
        .getOut()
        .println(
            wasSilent
                ? "it signs again after its next start, once it has heard from its peers"
                : "nothing keeps this validator from signing");
    spec.commandLine().getOut().flush();
    return 0;
  }
}
