package org.medseal.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.medseal.home.Home;
import org.medseal.ledger.store.LedgerBackup;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal ledger backup}: genesis and blocks in one file, while the node runs or not. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description =
        "Copies genesis and decided blocks into one file, while the node runs or not."
            + " Keys, sign-state and messages are not in it.")
final class LedgerBackupCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--home", defaultValue = "home", description = "The institution's folder.")
  private Path home;

  @Option(
      names = "--out",
      required = true,
      description = "A new file, or a folder in which a file named by the height is made.")
  private Path out;

  @Override
  public Integer call() {
    Home at = new Home(home);
    at.requireInitialised();
    LedgerBackup.Summary written = LedgerBackup.write(at.root(), out);
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %s%n",
            written.file(),
            written
                .blockId()
                .map(
                    id ->
                        "blocks 1 to "
                            + written.height()
                            + ", checkpoint "
                            + written.height()
                            + ":"
                            + id.hex())
                .orElse("no blocks yet"));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
