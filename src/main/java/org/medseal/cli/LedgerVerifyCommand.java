package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.medseal.home.Home;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.node.LedgerVerification;
import org.medseal.ledger.node.VerificationReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal ledger verify}: everything again from the genesis, without a network. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Replays the ledger of a home from its genesis, offline; names the first difference.")
final class LedgerVerifyCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--home", defaultValue = "home", description = "The institution's folder.")
  private Path home;

  @Option(names = "--json", description = "Answer as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Home at = new Home(home);
    at.requireInitialised();
    VerificationReport report =
        LedgerVerification.verify(at.root(), GenesisFile.read(at.genesisFile()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(asJson(report).toPrettyString());
    } else {
      out.printf(
          "height %d, block %s, %d transactions: %s%n",
          report.height(),
          report.blockId(),
          report.transactions(),
          report.difference().orElse("everything holds"));
    }
    out.flush();
    return report.holds() ? 0 : MedSeal.FAILED;
  }

  private static JsonNode asJson(VerificationReport report) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("holds", report.holds());
    node.put("height", report.height());
    node.put("blockId", report.blockId().hex());
    node.put("stateRoot", report.stateRoot().hex());
    node.put("transactions", report.transactions());
    node.put("difference", report.difference().orElse(null));
    return node;
  }
}
