package org.medseal.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.client.AdminClient;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.node.LedgerArchive;
import org.medseal.ledger.proof.ProofException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medseal ledger checkpoint}: what one gives another institution or an auditor by voice. */
@Command(
    name = "checkpoint",
    mixinStandardHelpOptions = true,
    description = "Prints HEIGHT:HASH of a block, to be given out of band.")
final class LedgerCheckpointCommand implements Callable<Integer> {
  @Mixin private AtHome at;
  @Mixin private Output output;

  @Option(names = "--height", description = "The newest if not given.")
  private Optional<Long> height = Optional.empty();

  @Override
  public Integer call() {
    Map<String, String> query =
        height
            .map(each -> Map.of("height", Long.toString(output.height("--height", each))))
            .orElse(Map.of());
    JsonNode checkpoint =
        at.node()
            .getIfRunning("/observe/ledger/checkpoint", query)
            .map(AdminClient.Answer::json)
            .orElseGet(this::atRest);
    output.print(checkpoint, checkpoint.path("checkpoint").asText());
    return 0;
  }

  private JsonNode atRest() {
    try (LedgerArchive archive = LedgerArchive.open(at.home().root(), at.genesis())) {
      Checkpoint checkpoint =
          archive
              .audit()
              .checkpoint(height.orElseGet(archive::height))
              .orElseThrow(
                  () ->
                      new ProofException(
                          ProofException.Reason.NOT_FOUND, "there is no such block"));
      return Output.object()
          .put("height", checkpoint.height())
          .put("blockId", checkpoint.blockId().hex())
          .put("checkpoint", checkpoint.toString());
    }
  }
}
