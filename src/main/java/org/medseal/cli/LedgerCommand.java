package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.medseal.app.Installation;
import org.medseal.client.AdminClient;
import org.medseal.home.Home;
import org.medseal.home.Settings;
import org.medseal.home.SettingsSource;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.node.LedgerVerification;
import org.medseal.ledger.node.VerificationReport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal ledger}. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = "The ledger node.",
    subcommands = {LedgerCommand.Status.class, LedgerCommand.Verify.class})
final class LedgerCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "ledger status and ledger verify are what there is");
  }

  /** Where a running node stands. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Asks the running institution where its node stands and what it waits for.")
  static final class Status implements Callable<Integer> {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    @Option(names = "--home", defaultValue = "home", description = "The institution's folder.")
    private Path home;

    @Option(names = "--json", description = "Answer as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
      Home at = new Home(home);
      at.requireInitialised();
      Settings settings =
          Settings.of(
              new SettingsSource()
                  .over(Installation.here().settingsFile())
                  .over(at.settingsFile()));
      JsonNode status =
          AdminClient.at(
                  URI.create("https://" + settings.admin()),
                  Files.readString(at.adminCertificate()))
              .get("/observe/ledger")
              .expect(200)
              .json();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(status.toPrettyString());
      } else {
        print(out, status);
      }
      out.flush();
      return 0;
    }

    private static void print(PrintWriter out, JsonNode status) {
      out.printf(
          "%s on %s: height %d, block %s%n",
          status.path("institution").asText(),
          status.path("chainId").asText(),
          status.path("height").asLong(),
          status.path("blockId").asText());
      JsonNode consensus = status.path("consensus");
      out.printf(
          "round %d, %s; %d pending%n",
          consensus.path("round").asInt(),
          consensus.path("step").asText(),
          consensus.path("pending").asInt());
      out.println(consensus.path("waitingFor").asText());
      for (JsonNode peer : consensus.path("peers")) {
        out.printf(
            "  %-20s %s, height %d%n",
            peer.path("institution").asText(),
            peer.path("connected").asBoolean() ? "connected" : "not connected",
            peer.path("height").asLong());
      }
    }
  }

  /** Everything again from the genesis, without a network. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description =
          "Replays the ledger of a home from its genesis, offline; names the first difference.")
  static final class Verify implements Callable<Integer> {
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
}
