package org.medseal.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code medseal ledger}. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description =
        "The ledger node: where it stands, who takes part, proofs, backups. Its commands: medseal help ledger.",
    subcommands = {
      LedgerStatusCommand.class,
      LedgerConsensusCommand.class,
      LedgerValidatorsCommand.class,
      LedgerStakeCommand.class,
      LedgerGovernanceCommand.class,
      LedgerKeyCommand.class,
      LedgerMoveCommand.class,
      LedgerApplyCommand.class,
      LedgerVerifyCommand.class,
      LedgerProofCommand.class,
      LedgerCheckpointCommand.class,
      LedgerBackupCommand.class,
      LedgerRestoreCommand.class,
      LedgerSignAgainCommand.class,
      CommandLine.HelpCommand.class
    })
final class LedgerCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }
}
