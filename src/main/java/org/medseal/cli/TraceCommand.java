package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.client.ClientException;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.tracing.TraceProof;
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
      TraceCommand.Approve.class,
      TraceCommand.Show.class,
      TraceCommand.Proof.class,
      TraceCommand.Verify.class,
      CommandLine.HelpCommand.class
    })
final class TraceCommand implements Runnable {
  private static final String PATH = "/api/v1/traces";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "trace create, approve, show, proof or verify");
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
              out.printf("%-16s %s%n", "signed by", result.path("institution").asText());
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

    @Override
    public Integer call() throws IOException {
      JsonNode trace = person.client().get(PATH + "/" + id).expect(200).json();
      JsonNode proof = trace.path("result").path("proof");
      if (!proof.isObject()) {
        throw new ClientException(
            "the trace is " + trace.path("state").asText() + ": no proof yet");
      }
      output.writeNew(out, () -> proof.toString().getBytes(StandardCharsets.UTF_8));
      output.print(Output.object().put("file", out.toString()), out.toString());
      return 0;
    }
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Judges a proof file without a node; exit code 1 if it does not hold.")
  static final class Verify implements Callable<Integer> {
    @Mixin private AtHome at;
    @Mixin private Output output;

    @Parameters(paramLabel = "FILE", description = "As trace proof wrote it.")
    private Path file;

    @Option(names = "--genesis", description = "Genesis file of the chain; else that of the home.")
    private Optional<Path> genesis = Optional.empty();

    @Override
    public Integer call() throws IOException {
      Optional<TraceProof> proof = TraceProof.parse(Files.readAllBytes(file));
      boolean holds =
          proof.isPresent()
              && proof.get().judge(genesis.map(GenesisFile::read).orElseGet(at::genesis));
      String named = proof.map(known -> known.named().institution()).orElse("");
      output.print(
          Output.object().put("holds", holds).put("institution", holds ? named : null),
          holds ? "the proof holds: " + named + " signed" : "the proof does not hold");
      return holds ? 0 : MedSeal.FAILED;
    }
  }
}
