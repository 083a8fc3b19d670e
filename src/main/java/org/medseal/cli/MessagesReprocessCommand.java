package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.client.AdminClient;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.MessageState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medseal messages reprocess}. */
@Command(
    name = "reprocess",
    mixinStandardHelpOptions = true,
    description = "Processes kept-back messages again: those named, or with --all a whole state.")
final class MessagesReprocessCommand implements Callable<Integer> {
  @Mixin private Person person;
  @Mixin private Output output;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "As list shows them.")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "All QUARANTINED or all FAILED ones.")
  private Optional<MessageState> all = Optional.empty();

  @Option(names = "--reason", description = "Of these only those kept back for this reason.")
  private Optional<QuarantineReason> reason = Optional.empty();

  @Option(names = "--feed", description = "Of these only those of this feed.")
  private Optional<String> feed = Optional.empty();

  @Option(
      names = "--dry-run",
      description = "Change nothing; say for each ID what would become of it, line by line.")
  private boolean dryRun;

  @Override
  public Integer call() {
    if (ids.isEmpty() == all.isEmpty()) {
      throw output.wrongUsage("reprocess either IDs or --all QUARANTINED|FAILED");
    }
    if (all.isEmpty() && (reason.isPresent() || feed.isPresent())) {
      throw output.wrongUsage("--reason and --feed go with --all");
    }
    if (dryRun && ids.isEmpty()) {
      throw output.wrongUsage("--dry-run goes with IDs");
    }
    AdminClient client = person.client();
    if (dryRun) {
      return tried(client);
    }
    int done = ids.isEmpty() ? some(client) : each(client);
    output.print(Output.object().put("reprocessed", done), done + " put back");
    return 0;
  }

  private int each(AdminClient client) {
    ids.forEach(
        id -> client.post(MessagesCommand.PATH + "/" + id + "/reprocess", Map.of()).expect(204));
    return ids.size();
  }

  private int some(AdminClient client) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("state", all.orElseThrow().name());
    reason.ifPresent(wanted -> body.put("reason", wanted.name()));
    feed.ifPresent(name -> body.put("feed", name));
    return client
        .post(MessagesCommand.PATH + "/reprocess", body)
        .expect(200)
        .json()
        .path("reprocessed")
        .asInt();
  }

  private int tried(AdminClient client) {
    ObjectNode answers = Output.object();
    ArrayNode all = answers.putArray("messages");
    for (String id : ids) {
      JsonNode run = client.get(MessagesCommand.PATH + "/" + id + "/dry-run").expect(200).json();
      all.add(Output.object().put("id", id).setAll((ObjectNode) run));
    }
    output.print(
        answers,
        out ->
            all.forEach(
                run -> {
                  out.println(run.path("id").asText());
                  run.path("diff").forEach(line -> out.println("  " + line.asText()));
                }));
    return 0;
  }
}
