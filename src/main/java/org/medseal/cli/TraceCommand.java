package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.client.AdminClient;
import org.medseal.tracing.TraceState;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medseal trace}: which institution signed a record, with the approval of two. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = "Asks which institution signed a record, approves that, shows and proves it.",
    subcommands = {
      TraceCommand.Create.class,
      TraceCommand.ListThem.class,
      TraceCommand.Approve.class,
      TraceCommand.Show.class,
      TraceCommand.Proof.class,
      TraceJudgeCommand.class,
      CommandLine.HelpCommand.class
    })
final class TraceCommand implements Runnable {
  private static final String PATH = "/api/v1/traces";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "trace create, list, approve, show, proof or judge");
  }

  @Command(name = "create", mixinStandardHelpOptions = true, description = "Asks for a trace.")
  static final class Create implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Option(names = "--tx", required = true, description = "Transaction id of the record.")
    private String transaction;

    @Option(names = "--justification", required = true, description = "For those who approve.")
    private String justification;

    @Override
    public Integer call() {
      output.acted(
          person.client().post(PATH, Map.of("txId", transaction, "justification", justification)));
      return 0;
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "All traces, newest first.")
  static final class ListThem implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;
    @Mixin private Paging paging;

    @Option(names = "--state", description = "${COMPLETION-CANDIDATES}")
    private Optional<TraceState> state = Optional.empty();

    @Override
    public Integer call() {
      JsonNode answer = person.client().get(PATH, paging.query(state)).expect(200).json();
      output.print(answer, out -> answer.path("traces").forEach(each -> line(out, each)));
      return 0;
    }

    private static void line(PrintWriter out, JsonNode trace) {
      out.printf(
          "%s %-15s %-16s %d approvals  record %s%n",
          trace.path("id").asText(),
          trace.path("state").asText(),
          trace.path("institution").asText(),
          trace.path("approvals").size(),
          trace.path("txId").asText());
    }
  }

  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = "Approves it; two institutions have to, in a single one two users.")
  static final class Approve implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Parameters(paramLabel = "ID", description = "Of the trace.")
    private String id;

    @Override
    public Integer call() {
      JsonNode answer =
          person.client().post(PATH + "/" + id + "/approve", Map.of()).expect(200, 202).json();
      output.print(answer, out -> Fields.print(out, answer));
      return 0;
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "How far it is, and once it is COMPLETED who signed.")
  static final class Show implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Parameters(paramLabel = "ID", description = "Of the trace.")
    private String id;

    @Override
    public Integer call() {
      JsonNode trace = person.client().get(PATH + "/" + id).expect(200).json();
      output.print(
          trace,
          out -> {
            Fields.print(out, trace);
            if (trace.has("result")) {
              JsonNode result = trace.path("result");
              String named = result.path("institution").asText("nobody in the registry");
              out.printf("%-16s %s%n", "signed by", named);
              out.printf("%-16s %s%n", "judged here", result.path("judged").asText());
            }
          });
      return 0;
    }
  }

  @Command(
      name = "proof",
      mixinStandardHelpOptions = true,
      description = "Writes the proof of a completed trace to a new file, to be shown to others.")
  static final class Proof implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Parameters(paramLabel = "ID", description = "Of the trace.")
    private String id;

    @Option(names = "--out", required = true, description = "A new file.")
    private Path out;

    @Option(
        names = "--checkpoint",
        description = "Height of the checkpoint its reader has; else the genesis.")
    private Optional<Long> checkpoint = Optional.empty();

    @Override
    public Integer call() throws IOException {
      String path = PATH + "/" + id + "/proof";
      AdminClient client = person.client();
      AdminClient.Answer answer =
          checkpoint.isPresent()
              ? client.get(path, Map.of("checkpoint", String.valueOf(checkpoint.get())))
              : client.get(path);
      byte[] proof = answer.expect(200).body();
      output.writeNew(out, () -> proof);
      output.print(Output.object().put("file", out.toString()), out.toString());
      return 0;
    }
  }
}
