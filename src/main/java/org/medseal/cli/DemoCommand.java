package org.medseal.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.demo.Demo;
import org.medseal.demo.DemoOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Runs a consortium on this machine: sends samples, commits, asks, opens, traces; prints each step.")
final class DemoCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--hospitals", defaultValue = "4", description = "How many (default 4).")
  private int hospitals;

  @Option(
      names = "--home",
      defaultValue = "demo",
      description =
          "Folder for homes and demo.json (default ./demo); a former demo there is replaced.")
  private Path home;

  @Option(names = "--unlisted", description = "quarantine or local.")
  private UnlistedAuthority unlisted;

  @Option(names = "--once", description = "End with 0 once every step has held.")
  private boolean once;

  @Override
  public Integer call() {
    if (hospitals < 2) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--hospitals must be at least 2: one asks another");
    }
    return new Demo(
            new DemoOptions(hospitals, home, Optional.ofNullable(unlisted), once), System.out)
        .run();
  }
}
