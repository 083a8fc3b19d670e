package org.medseal.cli;

import org.medseal.client.ClientException;
import org.medseal.demo.DemoFailure;
import org.medseal.home.HomeException;
import org.medseal.ledger.genesis.GenesisException;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.proof.ProofException;
import org.medseal.ledger.store.StoreException;
import org.medseal.routes.RouteException;
import org.medseal.users.UserException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command line. Exit codes: 0 done, 1 failed (one line says why), 2 wrong usage. */
@Command(
    name = "medseal",
    mixinStandardHelpOptions = true,
    version = "MedSeal 0.1.0",
    description = "De-identify, seal and share hospital records on a common ledger.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ConsortiumCommand.class,
      DeidCommand.class,
      RoutesCommand.class,
      LedgerCommand.class,
      MessagesCommand.class,
      FeedsCommand.class,
      RequestCommand.class,
      CustodiansCommand.class,
      TraceCommand.class,
      GroupCommand.class,
      AuditCommand.class,
      KeysCommand.class,
      DbCommand.class,
      DoctorCommand.class,
      UserCommand.class,
      CommandLine.HelpCommand.class
    })
public final class MedSeal implements Runnable {
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /** Runs a command line in this process and gives its exit code. */
  public static int execute(String... args) {
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    return new CommandLine(new MedSeal())
        .setExecutionExceptionHandler(oneLine())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }

  private static IExecutionExceptionHandler oneLine() {
    return (exception, commandLine, parsed) -> {
      commandLine.getErr().println("medseal: " + reason(exception));
      commandLine.getErr().flush();
      return FAILED;
    };
  }

  private static String reason(Exception exception) {
    boolean ours =
        exception instanceof HomeException
            || exception instanceof ClientException
            || exception instanceof DemoFailure
            || exception instanceof GenesisException
            || exception instanceof ProofException
            || exception instanceof RouteException
            || exception instanceof StoreException
            || exception instanceof JournalException
            || exception instanceof UserException;
    String message = exception.getMessage();
    if (message == null || message.isBlank()) {
      return exception.getClass().getSimpleName();
    }
    return ours ? message : exception.getClass().getSimpleName() + ": " + message;
  }
}
