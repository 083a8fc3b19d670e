package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.medseal.client.AdminClient;
import org.medseal.client.ClientException;
import org.medseal.connectors.deidentify.QuarantineReason;
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
  private static final Duration LOOK = Duration.ofSeconds(1);

  @Mixin private Person person;
  @Mixin private Output output;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "As list shows them.")
  private List<String> ids = List.of();

  private enum Wanted {
    QUARANTINED,
    FAILED,
    ALL
  }

  @Option(names = "--all", description = "All that are ${COMPLETION-CANDIDATES} (both).")
  private Optional<Wanted> all = Optional.empty();

  @Option(names = "--since", description = "Of these only those received then or later (UTC).")
  private Optional<Instant> since = Optional.empty();

  @Option(names = "--until", description = "Of these only those received before.")
  private Optional<Instant> until = Optional.empty();

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
    boolean narrowed =
        reason.isPresent() || feed.isPresent() || since.isPresent() || until.isPresent();
    if (all.isEmpty() && narrowed) {
      throw output.wrongUsage("--reason, --feed, --since and --until go with --all");
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
    since.ifPresent(at -> body.put("since", at.toString()));
    until.ifPresent(at -> body.put("until", at.toString()));
    JsonNode job = client.post(MessagesCommand.PATH + "/reprocess", body).expect(200, 202).json();
    while (job.path("state").asText().equals("RUNNING")) {
      LockSupport.parkNanos(LOOK.toNanos());
      job =
          client
              .get(MessagesCommand.PATH + "/reprocess/" + job.path("job").asText())
              .expect(200, 202)
              .json();
    }
    if (job.path("state").asText().equals("FAILED")) {
      throw new ClientException(
          "put back were " + job.path("reprocessed").asInt() + ", then it failed; see the log");
    }
    return job.path("reprocessed").asInt();
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
                  run.path("places").forEach(line -> out.println("    " + line.asText()));
                }));
    return 0;
  }
}
