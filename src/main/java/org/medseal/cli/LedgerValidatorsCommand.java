package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.home.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal ledger validators}: the competition for the right to propose. */
@Command(
    name = "validators",
    mixinStandardHelpOptions = true,
    description =
        "Shows the validators and whose turn it was and is; of a height, played again from the"
            + " genesis.")
final class LedgerValidatorsCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--home", defaultValue = "home", description = "The institution's folder.")
  private Path home;

  @Option(names = "--height", description = "The last and the next height if not given.")
  private Optional<Long> height = Optional.empty();

  @Option(names = "--json", description = "Answer as JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, String> query =
        height.isPresent() ? Map.of("height", Long.toString(height.get())) : Map.of();
    JsonNode answer =
        RunningNode.of(new Home(home)).get("/observe/ledger/validators", query).json();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.toPrettyString());
    } else {
      out.printf("total stake %d%n", answer.path("totalStake").asLong());
      answer.path("turns").forEach(turn -> print(out, turn));
    }
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, JsonNode turn) {
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
