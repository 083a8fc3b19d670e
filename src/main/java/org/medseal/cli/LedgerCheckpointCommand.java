package org.medseal.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.medseal.client.AdminClient;
import org.medseal.home.Home;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.node.LedgerArchive;
import org.medseal.ledger.proof.ProofException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code medseal ledger checkpoint}: what one gives another institution or an auditor by voice. */
@Command(
    name = "checkpoint",
    mixinStandardHelpOptions = true,
    description = "Prints HEIGHT:HASH of a block, to be given out of band.")
final class LedgerCheckpointCommand implements Callable<Integer> {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(names = "--home", defaultValue = "home", description = "The institution's folder.")
  private Path home;

  @Option(names = "--height", description = "The newest if not given.")
  private Optional<Long> height = Optional.empty();

  @Override
  public Integer call() {
    Home at = new Home(home);
    Map<String, String> query =
        height.isPresent() ? Map.of("height", Long.toString(height.get())) : Map.of();
    Optional<AdminClient.Answer> answer =
        RunningNode.of(at).getIfRunning("/observe/ledger/checkpoint", query);
    String checkpoint =
        answer.isPresent() ? answer.get().json().path("checkpoint").asText() : atRest(at);
    spec.commandLine().getOut().println(checkpoint);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private String atRest(Home at) {
    try (LedgerArchive archive =
        LedgerArchive.open(at.root(), GenesisFile.read(at.genesisFile()))) {
      return archive
          .audit()
          .checkpoint(height.orElseGet(archive::height))
          .orElseThrow(
              () -> new ProofException(ProofException.Reason.NOT_FOUND, "there is no such block"))
          .toString();
    }
  }
}
