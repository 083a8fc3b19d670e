package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.medseal.home.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal ledger consensus}: why a running node is not committing. */
@Command(
    name = "consensus",
    mixinStandardHelpOptions = true,
    description =
        "Asks the running institution why it is not committing, institution by institution.")
final class LedgerConsensusCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--home", defaultValue = "home", description = "The institution's folder.")
  private Path home;

  @Option(names = "--json", description = "Answer as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    JsonNode consensus =
        RunningNode.of(new Home(home)).get("/observe/ledger", Map.of()).json().path("consensus");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(consensus.toPrettyString());
    } else {
      print(out, consensus);
    }
    out.flush();
    return 0;
  }

  static void print(PrintWriter out, JsonNode consensus) {
    JsonNode quorum = consensus.path("quorum");
    out.printf(
        "round %d, %s; %d pending%n",
        consensus.path("round").asInt(),
        consensus.path("step").asText(),
        consensus.path("pending").asInt());
    out.println(consensus.path("waitingFor").asText());
    consensus.path("warnings").forEach(each -> out.println("WARNING: " + each.asText()));
    out.printf(
        "stake: %d of %d needed, %d heard, %d prevoted, %d precommitted%n",
        quorum.path("neededStake").asLong(),
        quorum.path("totalStake").asLong(),
        quorum.path("heardStake").asLong(),
        quorum.path("prevotedStake").asLong(),
        quorum.path("precommittedStake").asLong());
    consensus.path("peers").forEach(peer -> print(out, peer, peer.path("lastSeenMs").asLong()));
  }

  private static void print(PrintWriter out, JsonNode peer, long lastSeenMs) {
    out.printf(
        "  %-20s stake %-6d %-13s height %d, round %d %s, %s%s%s%n",
        peer.path("institution").asText(),
        peer.path("stake").asLong(),
        peer.path("connected").asBoolean() ? "connected" : "not connected",
        peer.path("height").asLong(),
        peer.path("round").asInt(),
        peer.path("step").asText(),
        lastSeenMs < 0 ? "never heard" : "heard " + lastSeenMs + " ms ago",
        peer.path("prevoted").asBoolean() ? ", prevoted" : "",
        peer.path("precommitted").asBoolean() ? ", precommitted" : "");
  }
}
