package org.medseal.bench.cases;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.medseal.app.Instance;
import org.medseal.app.InstanceOptions;
import org.medseal.connectors.message.MessageState;
import org.medseal.connectors.message.MessageStore;
import org.medseal.connectors.message.MessageView;
import org.medseal.consortium.FreePorts;
import org.medseal.consortium.SingleInstitution;
import org.medseal.demo.Poll;
import org.medseal.home.Home;
import org.medseal.home.Passphrase;

/**
 * Sends every case file to an institution of its own (real MLLP, FHIR push and folders,
 * de-identification, sealing, ledger; {@code unlisted=local}) and prints a Markdown table of what
 * its sender was told and what became of it. Exit 1 when one is unanswered or unfinished, or under
 * 95 % of the well-formed messages about a patient commit.
 */
public final class CaseTable implements AutoCloseable {
  private static final int WANTED_PERCENT = 95;
  private static final Duration SETTLED = Duration.ofMinutes(10);
  private static final Set<MessageState> ENDS =
      Set.of(
          MessageState.COMMITTED,
          MessageState.QUARANTINED,
          MessageState.NOT_A_RECORD,
          MessageState.FAILED);

  private static final String HEAD =
      """
      # Case files

      Every file of the collection through one running institution: HL7 v2 files of one message over MLLP, recorded streams
      frame by frame, files of several messages and batches through the folder, FHIR by POST to the service's base; shipped
      rules, `unlisted=local`, ledger of one institution. Made by
      ```bash
      ./mvnw -Dquick -pl bench -am package -DskipTests     # once
      java -cp 'bench/target/classes:bench/target/lib/*' org.medseal.bench.cases.CaseTable ../shared/cases docs/cases.md
      ```
      which fails when a file is not answered or not brought to an end, or when less than 95 % of the well-formed messages
      about a patient commit. Behind a state in brackets stands the place, or the kind of what is no record. What is broken
      (UNPARSABLE, TRUNCATED) and what is about nobody does not count as well-formed and about a patient; what
      lacks the patient or the number does.

      """;

  private final Instance instance;
  private final CaseSender sender;

  private CaseTable(Instance instance, CaseSender sender) {
    this.instance = instance;
    this.sender = sender;
  }

  /** Arguments: the folder with {@code hl7v2} and {@code fhir}, and the file to write. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path cases = Path.of(arguments.length > 0 ? arguments[0] : "../shared/cases");
    Path work = Files.createTempDirectory("medseal-cases");
    List<CaseResult> results;
    try (CaseTable table = start(work.resolve("home"))) {
      results = table.run(CaseFile.below(cases));
    }
    String text = report(results);
    if (arguments.length > 1) {
      Files.writeString(Path.of(arguments[1]), text);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.print(text);
    System.exit(holds(results) ? 0 : 1);
  }

  /** Founds a consortium of one in an empty folder and starts it on free ports. */
  static CaseTable start(Path root) {
    Home home = new Home(root);
    SingleInstitution.found(home, Map.of());
    FreePorts ports = FreePorts.anywhere();
    int mllp = ports.take();
    int fhir = ports.take();
    Map<String, String> settings = new HashMap<>();
    settings.put("medseal.unlisted", "local");
    settings.put("drop.unfinishedRestMs", "60000"); // every file is whole when it is put there
    settings.put("medseal.mllp.port", String.valueOf(mllp));
    settings.put("medseal.fhir.port", String.valueOf(fhir));
    settings.put("medseal.dicom.port", String.valueOf(ports.take()));
    settings.put("medseal.admin.port", String.valueOf(ports.take()));
    settings.put("medseal.peer.bind", "127.0.0.1:" + ports.take());
    Instance instance =
        Instance.open(
            new InstanceOptions(home, settings), Passphrase.read(Passphrase.besideOf(home)));
    try {
      instance.start();
    } catch (RuntimeException e) {
      instance.close();
      throw e;
    }
    URI base = URI.create("http://127.0.0.1:" + fhir + "/fhir");
    return new CaseTable(instance, new CaseSender(mllp, base, home.drop("hl7").getParent()));
  }

  /** Sends all, then waits until every message has come to its end. */
  List<CaseResult> run(List<CaseFile> files) throws IOException, InterruptedException {
    MessageStore messages = instance.messages();
    Map<CaseFile, SortedMap<String, Integer>> answers = new LinkedHashMap<>();
    Map<CaseFile, List<String>> ids = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (CaseFile file : files) {
      answers.put(file, sender.send(file));
      List<String> own = new ArrayList<>();
      for (MessageView message : all(messages)) {
        if (seen.add(message.id())) {
          own.add(message.id());
        }
      }
      ids.put(file, own);
    }
    Poll.until(
        "the end of every message",
        SETTLED,
        () ->
            all(messages).stream().allMatch(m -> ENDS.contains(m.state()))
                ? Optional.of(true)
                : Optional.empty());
    List<CaseResult> results = new ArrayList<>();
    for (CaseFile file : files) {
      List<MessageView> views =
          ids.get(file).stream().map(messages::find).flatMap(Optional::stream).toList();
      results.add(CaseResult.of(file, answers.get(file), views));
    }
    return results;
  }

  private static List<MessageView> all(MessageStore messages) {
    return messages.list(Optional.empty(), Integer.MAX_VALUE, Optional.empty());
  }

  /** Whether every file is answered and ended, and enough of the messages committed. */
  static boolean holds(List<CaseResult> results) {
    return results.stream().allMatch(r -> r.isAnswered() && r.isEnded())
        && committed(results) * 100L >= (long) WANTED_PERCENT * aboutPatients(results);
  }

  private static int committed(List<CaseResult> results) {
    return results.stream().mapToInt(CaseResult::committed).sum();
  }

  private static int aboutPatients(List<CaseResult> results) {
    return results.stream().mapToInt(r -> r.messages() - r.withoutPatient()).sum();
  }

  static String report(List<CaseResult> results) {
    StringBuilder out = new StringBuilder(HEAD);
    int messages = results.stream().mapToInt(CaseResult::messages).sum();
    out.append(
        String.format(
            "%d files, %d messages: %d of %d well-formed ones about a patient committed; %d files"
                + " unanswered, %d unfinished.%n%n",
            results.size(),
            messages,
            committed(results),
            aboutPatients(results),
            results.stream().filter(r -> !r.isAnswered()).count(),
            results.stream().filter(r -> !r.isEnded()).count()));
    out.append("| file | the sender got | in the end |\n|---|---|---|\n");
    results.forEach(r -> out.append(r.row()).append('\n'));
    return out.toString();
  }

  @Override
  public void close() {
    instance.close();
  }
}
