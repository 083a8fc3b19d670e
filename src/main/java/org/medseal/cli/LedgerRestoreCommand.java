package org.medseal.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.medseal.home.Home;
import org.medseal.ledger.node.LedgerRestore;
import org.medseal.ledger.store.LedgerBackup;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal ledger restore}: a backup's blocks into a home without any. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description =
        "Puts a backup's blocks into a home that has no ledger. The node then follows the others"
            + " and signs nothing until five blocks beyond theirs show no signature of its own.")
final class LedgerRestoreCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--home", defaultValue = "home", description = "The institution's folder.")
  private Path home;

  @Option(names = "--from", required = true, description = "A file that ledger backup made.")
  private Path from;

  @Override
  public Integer call() {
    Home at = new Home(home);
    LedgerBackup.Summary restored = LedgerRestore.restore(at.root(), from);
    PrintWriter out = spec.commandLine().getOut();
    out.printf("restored up to block %d%n", restored.height());
    out.println(
        "the node signs nothing at first; see `medseal ledger consensus`, and docs/operations.md");
    out.flush();
    return 0;
  }
}
