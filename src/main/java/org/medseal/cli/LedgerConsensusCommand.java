package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medseal ledger consensus}: why a running node is not committing. */
@Command(
    name = "consensus",
    mixinStandardHelpOptions = true,
    description =
        "Asks the running institution why it is not committing, institution by institution.")
final class LedgerConsensusCommand implements Callable<Integer> {
  @Mixin private AtHome at;
  @Mixin private Output output;

  @Override
  public Integer call() {
    JsonNode consensus = at.node().get("/observe/ledger", Map.of()).json().path("consensus");
    output.print(consensus, out -> print(out, consensus));
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
        connection(peer),
        peer.path("height").asLong(),
        peer.path("round").asInt(),
        peer.path("step").asText(),
        lastSeenMs < 0 ? "never heard" : "heard " + lastSeenMs + " ms ago",
        peer.path("prevoted").asBoolean() ? ", prevoted" : "",
        peer.path("precommitted").asBoolean() ? ", precommitted" : "");
  }

  /** Why one is refused stands among the warnings. */
  private static String connection(JsonNode peer) {
    if (peer.path("connected").asBoolean()) {
      return "connected";
    }
    return peer.has("refused") ? "refused" : "not connected";
  }
}
