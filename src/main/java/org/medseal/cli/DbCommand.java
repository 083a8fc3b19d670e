package org.medseal.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.medseal.home.Home;
import org.medseal.home.HomeException;
import org.medseal.ledger.journal.Disk;
import org.medseal.ledger.journal.JournalException;
import org.medseal.ledger.journal.JournalOptions;
import org.medseal.ledger.journal.JournalReader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medseal db}: what a home keeps on disk. */
@Command(
    name = "db",
    mixinStandardHelpOptions = true,
    description = "What a home keeps on disk: check it, have the index made anew.",
    subcommands = {DbCommand.Check.class, DbCommand.Rebuild.class, CommandLine.HelpCommand.class})
final class DbCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "db check or rebuild-index");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description =
          "Reads every frame of every journal, while the node runs or not, and names file and"
              + " offset of the first damage in each. Blocks: see ledger verify.")
  static final class Check implements Callable<Integer> {
    private static final JournalOptions ANY_SIZE = new JournalOptions(1L << 40, 1 << 30);

    @Mixin private AtHome at;
    @Mixin private Output output;

    @Override
    public Integer call() {
      Home home = at.home();
      Map<String, Path> journals = new LinkedHashMap<>();
      journals.put("inbox", home.inbox());
      journals.put("outbox", home.outbox());
      journals.put("audit", home.audit());
      journals.put("patients", home.patients());
      journals.put("ledger/log", home.ledger().resolve("log"));
      journals.put("ledger/segments", home.ledger().resolve("segments"));
      ObjectNode answer = Output.object();
      ObjectNode parts = answer.putObject("journals");
      boolean whole = true;
      for (Map.Entry<String, Path> each : journals.entrySet()) {
        if (Files.isDirectory(each.getValue())) {
          whole &= check(each.getValue(), parts.putObject(each.getKey()));
        }
      }
      answer.put("whole", whole);
      output.print(
          answer,
          out ->
              parts
                  .properties()
                  .forEach(
                      part ->
                          out.printf(
                              "%-16s %s%n",
                              part.getKey(),
                              part.getValue()
                                  .path("damage")
                                  .asText(part.getValue().path("frames").asText() + " frames"))));
      return whole ? 0 : MedSeal.FAILED;
    }

    private static boolean check(Path folder, ObjectNode into) {
      long[] frames = {0};
      try {
        JournalReader.walkWhole(
            folder, ANY_SIZE, (position, type, payload) -> frames[0]++, Disk.real());
        into.put("frames", frames[0]);
        return true;
      } catch (JournalException e) {
        into.put("frames", frames[0]).put("damage", e.getMessage());
        return false;
      }
    }
  }

  @Command(
      name = "rebuild-index",
      mixinStandardHelpOptions = true,
      description =
          "Deletes the index of a stopped institution; its next start makes it anew from the"
              + " blocks, which takes longer.")
  static final class Rebuild implements Callable<Integer> {
    @Mixin private AtHome at;
    @Mixin private Output output;

    @Override
    @SuppressWarnings("try") // held, not used
    public Integer call() throws IOException {
      Home home = at.home();
      home.create();
      try (AutoCloseable held = Disk.real().lock(home.inbox().resolve("lock"))) {
        delete(home.index());
      } catch (JournalException e) {
        throw new HomeException(
            HomeException.Reason.ALREADY_RUNNING,
            "an instance is running from " + home.root() + ": stop it first",
            e);
      } catch (IOException e) {
        throw e;
      } catch (Exception e) { // AutoCloseable's own signature
        throw new IllegalStateException("the lock of " + home.inbox() + " cannot be freed", e);
      }
      output.print(
          Output.object().put("deleted", home.index().toString()),
          "the index is made anew from the blocks at the next start");
      return 0;
    }

    private static void delete(Path index) throws IOException {
      try (Stream<Path> all = Files.walk(index)) {
        for (Path path :
            all.filter(each -> !each.equals(index)).sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
