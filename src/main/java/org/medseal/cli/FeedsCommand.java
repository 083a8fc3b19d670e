package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.client.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code medseal feeds}, as an operator of a running institution. */
@Command(
    name = "feeds",
    mixinStandardHelpOptions = true,
    description = {
      "Feeds of a running institution: what they brought, whether they run, what is the matter.",
      "list (the same as nothing) · pause ID · resume ID"
    })
final class FeedsCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/feeds";

  private enum Deed {
    LIST,
    PAUSE,
    RESUME
  }

  @Mixin private Person person;
  @Mixin private Output output;

  @Parameters(index = "0", arity = "0..1", defaultValue = "LIST", description = "What to do.")
  private Deed deed;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "As list shows it.")
  private Optional<String> id = Optional.empty();

  @Override
  public Integer call() {
    if (id.isPresent() == (deed == Deed.LIST)) {
      throw output.wrongUsage("feeds list, feeds pause ID or feeds resume ID");
    }
    AdminClient client = person.client();
    if (deed != Deed.LIST) {
      String verb = deed.name().toLowerCase(Locale.ROOT);
      client.post(PATH + "/" + id.orElseThrow() + "/" + verb, Map.of()).expect(204);
    }
    JsonNode answer = client.get(PATH).expect(200).json();
    output.print(answer, out -> print(out, answer));
    return 0;
  }

  private static void print(PrintWriter out, JsonNode answer) {
    for (JsonNode feed : answer.path("feeds")) {
      long kept = 0;
      for (JsonNode count : feed.path("quarantined")) {
        kept += count.asLong();
      }
      out.printf(
          "%-20s %-8s %-8s received %-8d committed %-8d quarantined %-6d last %s%n",
          feed.path("id").asText(),
          feed.path("kind").asText(),
          feed.path("state").asText(),
          feed.path("received").asLong(),
          feed.path("committed").asLong(),
          kept,
          feed.path("lastMessageAt").asText("never"));
      if (feed.has("associations")) {
        JsonNode all = feed.path("associations");
        out.printf(
            "  associations: %d open, %d accepted, %d rejected, %d aborted; objects answered 0000H: %d%n",
            all.path("open").asLong(),
            all.path("accepted").asLong(),
            all.path("rejected").asLong(),
            all.path("aborted").asLong(),
            all.path("answers").path("0000H").asLong());
      }
      if (feed.has("failure")) {
        out.printf("  %s%n", feed.path("failure").asText());
      }
    }
    answer
        .path("alerts")
        .forEach(
            alert ->
                out.printf(
                    "ALERT since %s: %s%n",
                    alert.path("since").asText(), alert.path("sentence").asText()));
  }
}
