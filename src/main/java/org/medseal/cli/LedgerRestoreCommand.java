package org.medseal.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.medseal.ledger.node.LedgerRestore;
import org.medseal.ledger.store.LedgerBackup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medseal ledger restore}: a backup's blocks into a home without any. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description =
        "Puts a backup's blocks into a home that has no ledger. The node then follows the others"
            + " and signs nothing until five blocks beyond theirs show no signature of its own.")
final class LedgerRestoreCommand implements Callable<Integer> {
  @Mixin private AtHome at;
  @Mixin private Output output;

  @Option(names = "--from", required = true, description = "A file that ledger backup made.")
  private Path from;

  @Override
  public Integer call() {
    LedgerBackup.Summary restored =
        LedgerRestore.restore(at.folder().root(), from, at.folder()::create);
    output.print(
        Output.object().put("height", restored.height()).put("silent", true),
        "restored up to block "
            + restored.height()
            + System.lineSeparator()
            + "the node signs nothing at first; see `medseal ledger consensus`, and"
            + " docs/operations.md");
    return 0;
  }
}
