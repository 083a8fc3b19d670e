package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medseal group}: who signs for the group, and the epochs by which that changes. */
@Command(
    name = "group",
    mixinStandardHelpOptions = true,
    description = "The signing group: show it, join it, start its next epoch.",
    subcommands = {
      GroupCommand.Show.class,
      GroupCommand.Join.class,
      GroupCommand.Epoch.class,
      CommandLine.HelpCommand.class
    })
final class GroupCommand implements Runnable {
  private static final String PATH = "/api/v1/group";

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "group show, join or epoch");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Who is a member, who waits for the next epoch, who was revoked.")
  static final class Show implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Override
    public Integer call() {
      JsonNode group = person.client().get(PATH).expect(200).json();
      output.print(group, out -> print(out, group));
      return 0;
    }

    private static void print(PrintWriter out, JsonNode group) {
      out.printf(
          "epoch %d, issuer %s, opener %s%n",
          group.path("epoch").asInt(),
          group.path("issuer").asText(),
          group.path("opener").asText());
      group
          .path("members")
          .forEach(
              each ->
                  out.printf(
                      "%-20s %-10s%s%n",
                      each.path("institution").asText(),
                      each.path("state").asText(),
                      each.path("present").asBoolean() ? "" : " (has left)"));
    }
  }

  @Command(
      name = "join",
      mixinStandardHelpOptions = true,
      description = "Joins with this institution's key; the issuer's next epoch makes it a member.")
  static final class Join implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Override
    public Integer call() {
      output.acted(person.client().post(PATH + "/join", Map.of()));
      return 0;
    }
  }

  @Command(
      name = "epoch",
      mixinStandardHelpOptions = true,
      description = "At the issuer: the next epoch, with those who joined, without the revoked.")
  static final class Epoch implements Callable<Integer> {
    @Mixin private Person person;
    @Mixin private Output output;

    @Option(names = "--revoke", split = ",", description = "Institutions that are members.")
    private List<String> revoke = List.of();

    @Option(names = "--readmit", split = ",", description = "Institutions revoked before.")
    private List<String> readmit = List.of();

    @Override
    public Integer call() {
      output.acted(
          person.client().post(PATH + "/epochs", Map.of("revoke", revoke, "readmit", readmit)));
      return 0;
    }
  }
}
