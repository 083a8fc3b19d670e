package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.medseal.client.AdminClient;
import org.medseal.requests.Purpose;
import org.medseal.requests.RequestRole;
import org.medseal.requests.RequestState;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code medseal request}: asking for records, deciding, opening, through a running institution.
 */
@Command(
    name = "request",
    mixinStandardHelpOptions = true,
    description = "Asks for records, decides about them, opens them.",
    subcommands = {
      RequestCommand.Create.class,
      RequestCommand.ListThem.class,
      RequestCommand.Show.class,
      RequestCommand.Open.class,
      RequestCommand.Approve.class,
      RequestCommand.Reject.class,
      CommandLine.HelpCommand.class
    })
final class RequestCommand implements Runnable {
  private static final String PATH = "/api/v1/requests";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "request create, list, show, open, approve or reject");
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Puts a request on the ledger.")
  static final class Create implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Option(names = "--tx", required = true, split = ",", description = "Transaction ids.")
    private List<String> transactions;

    @Option(names = "--purpose", required = true, description = "${COMPLETION-CANDIDATES}")
    private Purpose purpose;

    @Option(names = "--justification", required = true, description = "For the custodian to read.")
    private String justification;

    @Override
    public Integer call() {
      Map<String, Object> body =
          Map.of("txIds", transactions, "purpose", purpose.name(), "justification", justification);
      output.acted(person.client().post(PATH, body));
      return 0;
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The own requests; an administrator sees all.")
  static final class ListThem implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;
    @Mixin private Paging paging;

    @Option(names = "--state", description = "${COMPLETION-CANDIDATES}")
    private Optional<RequestState> state = Optional.empty();

    @Option(
        names = "--role",
        description =
            "MINE, or as an administrator ALL, or DESK: what this institution's custodians open.")
    private Optional<RequestRole> role = Optional.empty();

    @Override
    public Integer call() {
      Map<String, String> query = paging.query(state);
      role.ifPresent(wanted -> query.put("role", wanted.name().toLowerCase(Locale.ROOT)));
      JsonNode answer = person.client().get(PATH, query).expect(200).json();
      output.print(answer, out -> answer.path("requests").forEach(each -> line(out, each)));
      return 0;
    }

    private static void line(PrintWriter out, JsonNode request) {
      out.printf(
          "%s %-9s %-16s %-16s %d records until %s%n",
          request.path("id").asText(),
          request.path("state").asText(),
          request.path("purpose").asText(),
          request.path("institution").asText(),
          request.path("txIds").size(),
          request.path(request.has("validUntil") ? "validUntil" : "answerBy").asText());
    }
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "One request.")
  static final class Show implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Parameters(paramLabel = "ID", description = "As list shows it.")
    private String id;

    @Override
    public Integer call() {
      JsonNode request = person.client().get(PATH + "/" + id).expect(200).json();
      output.print(request, out -> Fields.print(out, request));
      return 0;
    }
  }

  @Command(
      name = "open",
      mixinStandardHelpOptions = true,
      description = "Writes a granted record to a new file that its owner alone can read.")
  static final class Open implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Parameters(paramLabel = "ID", description = "Of the request.")
    private String id;

    @Option(names = "--tx", required = true, description = "Transaction id of the record.")
    private String transaction;

    @Option(names = "--out", required = true, description = "A new file.")
    private Path out;

    @Option(
        names = "--review",
        description = "As the custodian, before the decision: needs the custodian's key.")
    private boolean review;

    @Option(
        names = "--dates-of",
        description =
            "With its true dates, for treatment: a file {\"authority\", \"type\", \"id\"} of the"
                + " patient (a command line can be read by others).")
    private Optional<Path> patient = Optional.empty();

    @Override
    public Integer call() throws IOException {
      if (review && patient.isPresent()) {
        throw output.wrongUsage("--dates-of is for who asked, not for --review");
      }
      Optional<JsonNode> identifier =
          patient.isPresent()
              ? Optional.of(new ObjectMapper().readTree(patient.get().toFile()))
              : Optional.empty();
      AdminClient client = person.client();
      String path = PATH + "/" + id + "/records/" + transaction;
      AdminClient.Answer[] record = new AdminClient.Answer[1];
      output.writeNew(
          out,
          () -> {
            AdminClient.Answer answer =
                identifier.isPresent()
                    ? client.post(path + "/dates", identifier.get())
                    : client.get(path + (review ? "/review" : ""));
            record[0] = answer.expect(200);
            return record[0].body();
          });
      output.print(
          Output.object()
              .put("file", out.toString())
              .put("mediaType", record[0].contentType())
              .put("sizeBytes", record[0].body().length),
          out + " (" + record[0].contentType() + ", " + record[0].body().length + " bytes)");
      return 0;
    }
  }

  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = "As the custodian: grants the records to who asked.")
  static final class Approve implements Callable<Integer> {
    @Mixin private Decision decision;

    @Option(
        names = "--valid-days",
        description = "For how long they can be opened (1 to 366); else the node's setting.")
    private Optional<Integer> validDays = Optional.empty();

    @Override
    public Integer call() {
      return decision.send("approve", validDays);
    }
  }

  @Command(
      name = "reject",
      mixinStandardHelpOptions = true,
      description = "As the custodian: refuses the request.")
  static final class Reject implements Callable<Integer> {
    @Mixin private Decision decision;

    @Override
    public Integer call() {
      return decision.send("reject", Optional.empty());
    }
  }

  /** What approving and rejecting have in common. */
  static final class Decision {
    @Mixin private Person person;
    @Mixin private Output output;

    @Parameters(paramLabel = "ID", description = "As list shows it.")
    private String id;

    @Option(names = "--reply", defaultValue = "", description = "For who asked.")
    private String reply;

    int send(String verb, Optional<Integer> validDays) {
      Map<String, Object> body = new TreeMap<>(Map.of("reply", reply));
      validDays.ifPresent(days -> body.put("validDays", days));
      output.acted(person.client().post(PATH + "/" + id + "/" + verb, body));
      return 0;
    }
  }
}
