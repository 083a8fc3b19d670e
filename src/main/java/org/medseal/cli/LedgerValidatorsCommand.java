package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.admin.TurnJson;
import org.medseal.ledger.api.ProposerTurn;
import org.medseal.ledger.node.LedgerArchive;
import org.medseal.ledger.proof.ProofException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medseal ledger validators}: the competition for the right to propose. */
@Command(
    name = "validators",
    mixinStandardHelpOptions = true,
    description = "Shows whose turn to propose it was and is, and why.")
final class LedgerValidatorsCommand implements Callable<Integer> {
  @Mixin private AtHome at;
  @Mixin private Output output;

  @Option(names = "--height", description = "The last and the next height if not given.")
  private Optional<Long> height = Optional.empty();

  @Option(
      names = "--recompute",
      description =
          "Play the turns again from the genesis instead of asking the node, which must not run;"
              + " --height is needed.")
  private boolean recompute;

  @Override
  public Integer call() {
    height.ifPresent(each -> output.height("--height", each));
    if (recompute && height.isEmpty()) {
      throw output.wrongUsage("--recompute takes a --height");
    }
    JsonNode answer = recompute ? recomputed(height.orElseThrow()) : asked();
    output.print(answer, out -> print(out, answer));
    return 0;
  }

  private JsonNode asked() {
    Map<String, String> query =
        height.map(each -> Map.of("height", Long.toString(each))).orElse(Map.of());
    return at.node().get("/observe/ledger/validators", query).json();
  }

  private JsonNode recomputed(long of) {
    try (LedgerArchive archive = LedgerArchive.open(at.home().root(), at.genesis())) {
      ProposerTurn turn =
          archive
              .audit()
              .recomputedTurn(of)
              .orElseThrow(
                  () ->
                      new ProofException(
                          ProofException.Reason.NOT_FOUND, "there is no such height yet"));
      ObjectNode answer = Output.object();
      answer.put(
          "totalStake", turn.contenders().stream().mapToLong(ProposerTurn.Contender::stake).sum());
      answer.putArray("turns").add(TurnJson.of(turn));
      return answer;
    }
  }

  private static void print(PrintWriter out, JsonNode answer) {
    out.printf("total stake %d%n", answer.path("totalStake").asLong());
    answer.path("turns").forEach(turn -> printTurn(out, turn));
  }

  private static void printTurn(PrintWriter out, JsonNode turn) {
    out.printf("height %d: %s%n", turn.path("height").asLong(), turn.path("reason").asText());
    JsonNode decided = turn.path("decided");
    if (decided.isObject()) {
      out.printf(
          "  decided in round %d, built by %s%n",
          decided.path("round").asInt(), decided.path("proposer").asText());
    }
    for (JsonNode each : turn.path("contenders")) {
      out.printf(
          "  %-20s stake %-8d priority %d, with stake %d, after %d%n",
          each.path("institution").asText(),
          each.path("stake").asLong(),
          each.path("before").asLong(),
          each.path("gained").asLong(),
          each.path("after").asLong());
    }
  }
}
