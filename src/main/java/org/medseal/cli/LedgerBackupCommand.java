package org.medseal.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.store.LedgerBackup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medseal ledger backup}: genesis and blocks in one file, while the node runs or not. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description =
        "Copies genesis and decided blocks into one file, while the node runs or not."
            + " Keys, sign-state and messages are not in it.")
final class LedgerBackupCommand implements Callable<Integer> {
  @Mixin private AtHome at;
  @Mixin private Output output;

  @Option(
      names = "--out",
      required = true,
      description = "A new file, or a folder in which a file named by the height is made.")
  private Path out;

  @Override
  public Integer call() {
    LedgerBackup.Summary written = LedgerBackup.write(at.home().root(), out);
    Optional<String> checkpoint =
        written.blockId().map(id -> new Checkpoint(written.height(), id).toString());
    ObjectNode answer = Output.object();
    answer.put("file", written.file().toString());
    answer.put("height", written.height());
    answer.put("checkpoint", checkpoint.orElse(null));
    output.print(
        answer,
        written.file()
            + ": "
            + checkpoint
                .map(each -> "blocks 1 to " + written.height() + ", checkpoint " + each)
                .orElse("no blocks yet"));
    return 0;
  }
}
