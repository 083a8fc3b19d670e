package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.medseal.client.AdminClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code medseal custodians}: whose keys open records. */
@Command(
    name = "custodians",
    mixinStandardHelpOptions = true,
    description = "Whose keys open records: the sets there were, a key more, a key less.",
    subcommands = {
      CustodiansCommand.ListThem.class,
      CustodiansCommand.Add.class,
      CustodiansCommand.Remove.class,
      CommandLine.HelpCommand.class
    })
final class CustodiansCommand implements Runnable {
  private static final String PATH = "/api/v1/custodians";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "custodians list, add or remove");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "All sets; new records are wrapped to the keys of the last.")
  static final class ListThem implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Override
    public Integer call() {
      JsonNode answer = person.client().get(PATH).expect(200).json();
      output.print(answer, out -> answer.path("sets").forEach(set -> print(out, set)));
      return 0;
    }

    private static void print(PrintWriter out, JsonNode set) {
      out.printf(
          "set %d from height %d%n", set.path("version").asInt(), set.path("fromHeight").asLong());
      set.path("keys")
          .forEach(
              key ->
                  out.printf(
                      "  %-24s %s%n",
                      key.path("institution").asText(), key.path("fingerprint").asText()));
    }
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description =
          "Puts a key of this institution to the vote (ledger governance approve ID): more than two"
              + " thirds of stake take it in.")
  static final class Add implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Parameters(index = "0", description = "As keys new-custodian printed it.")
    private String key;

    @Parameters(index = "1", description = "From the same place.")
    private String proof;

    @Override
    public Integer call() {
      return changed(output, person.client().post(PATH, Map.of("add", key, "proof", proof)));
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description =
          "Gives a key of this institution back at once; puts the removal of another's to the vote."
              + " Records sealed before stay wrapped to it.")
  static final class Remove implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Parameters(description = "The key, or its fingerprint as list shows it.")
    private String key;

    @Override
    public Integer call() {
      return changed(output, person.client().post(PATH, Map.of("remove", key)));
    }
  }

  private static int changed(Output output, AdminClient.Answer answer) {
    JsonNode change = answer.expect(201, 202).json();
    boolean voted = change.path("kind").asText().equals("PROPOSAL");
    output.print(
        change, change.path("id").asText() + (voted ? " is put to the vote" : " changes the set"));
    return 0;
  }
}
