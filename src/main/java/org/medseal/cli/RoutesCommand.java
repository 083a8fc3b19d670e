package org.medseal.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.medseal.app.Installation;
import org.medseal.app.RouteAudit;
import org.medseal.app.RouteProperties;
import org.medseal.audit.AuditTrail;
import org.medseal.home.Home;
import org.medseal.home.HomeException;
import org.medseal.routes.Generations;
import org.medseal.routes.LiveRoutes;
import org.medseal.routes.RouteException;
import org.medseal.routes.RouteFiles;
import org.medseal.routes.RoutePlan;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medseal routes}. */
@Command(
    name = "routes",
    mixinStandardHelpOptions = true,
    description =
        "Feeds and the way to the ledger: check the files, see what would change, change it, take"
            + " it back. Its commands: medseal help routes.",
    subcommands = {
      RoutesCommand.Validate.class,
      RoutesCommand.Plan.class,
      RoutesCommand.Apply.class,
      RoutesCommand.Rollback.class,
      CommandLine.HelpCommand.class
    })
final class RoutesCommand implements Runnable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Generations that can be gone back to. */
  private static final int KEPT = 20;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }

  /** What all of them need. */
  abstract static class OfHome implements Callable<Integer> {
    @Option(
        names = "--home",
        defaultValue = "home",
        description = "The institution's folder (default ./home).")
    private Path folder;

    @Mixin private Output output;

    Home home() {
      return new Home(folder);
    }

    /** The files a hospital edits. */
    RouteFiles files() {
      RouteFiles files = RouteFiles.read(Installation.here().routeFolders(home()));
      if (files.isEmpty()) {
        throw new HomeException(HomeException.Reason.ROUTES, "there are no route files");
      }
      return files;
    }

    RouteFiles checked() {
      RouteFiles files = files();
      RouteProperties.check(home(), RunningNode.settings(home())).require(files);
      return files;
    }

    Generations generations() {
      return new Generations(home().generations());
    }

    /** A running instance writes its own audit entry; for one at rest it is written here. */
    boolean enforce(int number) {
      boolean running = LiveRoutes.enforce(generations(), number, PATIENCE);
      if (!running) {
        try (AuditTrail audit = AuditTrail.open(home().audit())) {
          RouteAudit.note(audit, LiveRoutes.user(), number, true);
        }
      }
      return running;
    }

    void print(ObjectNode answer, String words) {
      output.print(answer, words);
    }

    static ObjectNode changes(RoutePlan plan) {
      ObjectNode answer = Output.object();
      plan.changes().forEach(answer.putArray("changes")::add);
      return answer;
    }

    RoutePlan plan(RouteFiles files) {
      OptionalInt now = generations().current();
      RouteFiles inForce =
          now.isPresent() ? generations().read(now.getAsInt()) : RouteFiles.read(List.of());
      return RoutePlan.of(inForce, files);
    }
  }

  /** {@code medseal routes validate}. */
  @Command(
      name = "validate",
      mixinStandardHelpOptions = true,
      description = "Checks the route files without starting anything.")
  static final class Validate extends OfHome {
    @Override
    public Integer call() {
      int files = checked().byName().size();
      List<String> warnings = RunningNode.settings(home()).warnings();
      ObjectNode answer = Output.object().put("files", files);
      warnings.forEach(answer.putArray("warnings")::add);
      StringBuilder words = new StringBuilder(files + " files, all of them usable");
      warnings.forEach(
          each -> words.append(System.lineSeparator()).append("WARNING: ").append(each));
      print(answer, words.toString());
      return 0;
    }
  }

  /** {@code medseal routes plan}. */
  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = "Checks the route files and prints what apply would change.")
  static final class Plan extends OfHome {
    @Override
    public Integer call() {
      RoutePlan plan = plan(checked());
      print(changes(plan), String.join(System.lineSeparator(), plan.lines()));
      return 0;
    }
  }

  /** {@code medseal routes apply}. */
  @Command(
      name = "apply",
      mixinStandardHelpOptions = true,
      description =
          "Checks the route files, keeps them as a generation and puts it in force; when one does"
              + " not start, the former runs on.")
  static final class Apply extends OfHome {
    @Override
    public Integer call() {
      home().requireInitialised();
      RouteFiles files = checked();
      RoutePlan plan = plan(files);
      String planned = String.join(System.lineSeparator(), plan.lines());
      if (generations().current().isPresent() && plan.isEmpty()) {
        print(changes(plan), planned);
        return 0;
      }
      int number = generations().keep(files);
      try {
        boolean running = enforce(number);
        generations().prune(KEPT);
        print(
            changes(plan).put("generation", number).put("running", running),
            planned
                + System.lineSeparator()
                + "generation "
                + number
                + (running ? " runs" : " is in force from the next start on"));
      } catch (RouteException e) {
        generations().drop(number);
        throw e;
      }
      return 0;
    }
  }

  /** {@code medseal routes rollback}. */
  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description = "Puts the generation before the present one in force again.")
  static final class Rollback extends OfHome {
    @Override
    public Integer call() {
      home().requireInitialised();
      int before =
          generations()
              .before()
              .orElseThrow(
                  () ->
                      new HomeException(
                          HomeException.Reason.ROUTES, "there is no generation to go back to"));
      boolean running = enforce(before);
      print(
          Output.object().put("generation", before).put("running", running),
          "generation "
              + before
              + (running ? " runs again" : " is in force from the next start on"));
      return 0;
    }
  }
}
