package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.connectors.message.MessageState;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code medseal messages list|show|reprocess|discard}, as an operator of a running institution.
 */
@Command(
    name = "messages",
    mixinStandardHelpOptions = true,
    description = "Messages a running institution has received, and those it keeps back.",
    subcommands = {
      MessagesCommand.ListThem.class,
      MessagesCommand.Show.class,
      MessagesReprocessCommand.class,
      MessagesDiscardCommand.class,
      CommandLine.HelpCommand.class
    })
final class MessagesCommand implements Runnable {
  static final String PATH = "/api/v1/messages";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "messages list, show, reprocess or discard");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Messages by arrival; nothing of their content.")
  static final class ListThem implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;
    @Mixin private Paging paging;

    @Option(names = "--state", description = "Only those in this state, such as QUARANTINED.")
    private Optional<MessageState> state = Optional.empty();

    @Override
    public Integer call() {
      JsonNode answer = person.client().get(PATH, paging.query(state)).expect(200).json();
      output.print(answer, out -> answer.path("messages").forEach(m -> line(out, m)));
      return 0;
    }

    private static void line(PrintWriter out, JsonNode message) {
      out.printf(
          "%s %-12s %-6s %-12s %s %s%s%n",
          message.path("id").asText(),
          message.path("feed").asText(),
          message.path("format").asText(),
          message.path("state").asText(),
          message.path("reason").asText(),
          message.path("place").asText(),
          message.path("conflict").asBoolean() ? " (control id came before)" : "");
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "One message, and what to do about it.")
  static final class Show implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Parameters(paramLabel = "ID", description = "As list shows it.")
    private String id;

    @Option(
        names = "--content",
        description =
            "Write what was received to this new file, identity and all; the audit says so.")
    private Optional<Path> content = Optional.empty();

    @Override
    public Integer call() throws IOException {
      var client = person.client();
      JsonNode message = client.get(PATH + "/" + id).expect(200).json();
      if (content.isPresent()) {
        output.writeNew(
            content.get(), () -> client.get(PATH + "/" + id + "/content").expect(200).body());
      }
      output.print(message, out -> print(out, message));
      return 0;
    }

    private static void print(PrintWriter out, JsonNode message) {
      message.properties().stream()
          .filter(field -> field.getValue().isValueNode())
          .forEach(field -> out.printf("%-12s %s%n", field.getKey(), field.getValue().asText()));
      message
          .path("records")
          .forEach(record -> out.printf("%-12s %s%n", "record", record.path("txId").asText()));
    }
  }
}
