package org.medseal.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.medseal.anchoring.TrailAnchors;
import org.medseal.anchoring.TrailReport;
import org.medseal.audit.AuditException;
import org.medseal.audit.AuditTrail;
import org.medseal.home.Home;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.node.LedgerArchive;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medseal audit}: the trail of a home against the ledger, at rest. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "The audit trail of a home.",
    subcommands = {AuditCommand.Verify.class, CommandLine.HelpCommand.class})
final class AuditCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "audit verify");
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description =
          "Checks every entry's link and every anchor on the ledger, offline; exit code 1 if"
              + " entries were deleted or replaced.")
  static final class Verify implements Callable<Integer> {
    @Mixin private AtHome at;
    @Mixin private Output output;

    @Override
    public Integer call() {
      Home home = at.home();
      String institution = RunningNode.settings(home).institution();
      try (LedgerArchive archive = LedgerArchive.open(home.root(), at.genesis());
          AuditTrail trail = AuditTrail.open(home.audit())) {
        return told(new TrailAnchors(trail, () -> archive.auditAnchors(institution)).report());
      } catch (AuditException broken) {
        return broken(broken.getMessage());
      } catch (JournalException damaged) {
        if (damaged.reason() == JournalException.Reason.LOCKED) {
          throw damaged;
        }
        return broken(damaged.getMessage());
      }
    }

    private int told(TrailReport report) {
      ObjectNode node = Output.object();
      node.put("holds", report.holds());
      node.put("entries", report.head().sequence());
      node.put("head", report.head().hash().hex());
      node.put("anchors", report.anchors().size());
      report.sentence().ifPresent(each -> node.put("fault", each));
      output.print(
          node,
          String.format(
              Locale.ROOT,
              "%d entries, %d anchors: %s",
              report.head().sequence(),
              report.anchors().size(),
              report.sentence().orElse("everything holds")));
      return report.holds() ? 0 : MedSeal.FAILED;
    }

    private int broken(String why) {
      output.print(Output.object().put("holds", false).put("fault", why), "does not hold: " + why);
      return MedSeal.FAILED;
    }
  }
}
