package org.medseal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.medseal.consortium.LocalConsortium;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal consortium init}. */
@Command(
    name = "consortium",
    mixinStandardHelpOptions = true,
    description = "Founds a consortium.",
    subcommands = {ConsortiumCommand.Init.class, CommandLine.HelpCommand.class})
final class ConsortiumCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "consortium init is what there is");
  }

  /** One home per institution, ready for {@code run}. */
  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      description = "Writes one home per institution, ready for run --home DIR/1 and so on.")
  static final class Init implements Callable<Integer> {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Option(names = "--hospitals", required = true, description = "How many institutions.")
    private int hospitals;

    @Option(names = "--out", required = true, description = "Folder for the homes; new or empty.")
    private Path out;

    @Override
    public Integer call() {
      if (hospitals < 1) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "--hospitals must be at least 1");
      }
      if (Files.exists(out.resolve("1"))) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), out + " already holds a consortium");
      }
      LocalConsortium.found(out, hospitals, System.getenv())
          .forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
