package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.medseal.client.AdminClient;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How a command answers: in words, or with {@code --json} as one JSON value. */
final class Output {
  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  @Option(names = "--json", description = "Answer as JSON.")
  private boolean json;

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  void print(JsonNode answer, String words) {
    print(answer, out -> out.println(words));
  }

  void print(JsonNode answer, Consumer<PrintWriter> words) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.toPrettyString());
    } else {
      words.accept(out);
    }
    out.flush();
  }

  /** The id of what was put on the ledger, and whether it is committed yet. */
  void acted(AdminClient.Answer answer) {
    String id = answer.expect(200, 201, 202).json().path("id").asText();
    boolean committed = answer.status() != 202;
    print(
        object().put("id", id).put("committed", committed),
        id + (committed ? " is committed" : " is on its way"));
  }

  /** Wrong usage where the file exists; see {@link ContentFile#write}. */
  void writeNew(Path file, Supplier<byte[]> content) throws IOException {
    try {
      ContentFile.write(file, content);
    } catch (FileAlreadyExistsException e) {
      throw wrongUsage(file + " exists already: name another file");
    }
  }

  /** To be thrown for what makes no command: exit code 2 and the command's usage. */
  CommandLine.ParameterException wrongUsage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }

  /** A height as an option's value is 1 or more. */
  long height(String option, long value) {
    if (value < 1) {
      throw wrongUsage(option + " is a height, 1 or more");
    }
    return value;
  }
}
