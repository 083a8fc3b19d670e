package org.medseal.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.proof.Anchor;
import org.medseal.tracing.TraceException;
import org.medseal.tracing.TraceJudging;
import org.medseal.tracing.TraceProofFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code medseal trace judge}: no home, no network, no key. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description = "Judges a trace proof file offline; exit code 1 if it does not hold.")
final class TraceJudgeCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ProofJudging judging;

  @Parameters(paramLabel = "FILE", description = "As trace proof wrote it.")
  private Path file;

  @Option(names = "--checkpoint", description = "HEIGHT:HASH the reader trusts.")
  private Optional<String> checkpoint = Optional.empty();

  @Override
  public Integer call() throws IOException {
    Optional<Genesis> known = judging.known();
    Anchor anchor = ProofJudging.anchor(output, known, checkpoint);
    try {
      TraceJudging.Judgement judged =
          new TraceJudging(known, anchor, judging.rules(known)).judge(read());
      output.print(
          asJson(judged),
          out -> {
            out.println("holds: " + words(judged));
            judged.caveats().forEach(each -> out.println("CAVEAT: " + each));
          });
      return 0;
    } catch (TraceException e) {
      output.print(
          Output.object().put("holds", false).put("detail", e.getMessage()),
          "does not hold: " + e.getMessage());
      return MedSeal.FAILED;
    }
  }

  private TraceProofFile read() throws IOException {
    if (Files.size(file) > TraceProofFile.MAX_BYTES) {
      throw new TraceException(
          TraceException.Reason.NOT_PROVEN, "larger than any trace proof file");
    }
    return TraceProofFile.decode(Files.readAllBytes(file));
  }

  private static String words(TraceJudging.Judgement judged) {
    String record = "record " + judged.recordId() + " was signed in epoch " + judged.epoch();
    return judged
        .institution()
        .map(name -> record + " by " + name)
        .orElse(
            record
                + " with a credential that the registry does not hold: its issuer made it, and"
                + " told nobody");
  }

  private static ObjectNode asJson(TraceJudging.Judgement judged) {
    ObjectNode node = Output.object();
    node.put("holds", true);
    node.put("statement", words(judged));
    node.put("recordId", judged.recordId());
    node.put("epoch", judged.epoch());
    judged.institution().ifPresent(name -> node.put("institution", name));
    judged.caveats().forEach(node.putArray("caveats")::add);
    return node;
  }
}
