package org.medseal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.medseal.client.AdminClient;
import org.medseal.ledger.api.LedgerAudit;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.node.LedgerArchive;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medseal ledger proof}: proof files, made out of a home and judged without one. */
@Command(
    name = "proof",
    mixinStandardHelpOptions = true,
    description =
        "Exports a proof of a transaction (--tx) or that the history only grew (--consistency), or"
            + " judges one offline (--verify).")
final class LedgerProofCommand implements Callable<Integer> {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  @Mixin private AtHome at;
  @Mixin private Output output;

  @Option(names = "--tx", description = "The transaction's id.")
  private Optional<String> transaction = Optional.empty();

  @Option(names = "--consistency", description = "Between the heights --from and --to.")
  private boolean consistency;

  @Option(names = "--from", description = "The earlier height.")
  private Optional<Long> from = Optional.empty();

  @Option(names = "--to", description = "The later height.")
  private Optional<Long> to = Optional.empty();

  @Option(names = "--out", description = "The proof file to write.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--verify", description = "The proof file to judge.")
  private Optional<Path> verify = Optional.empty();

  @Option(
      names = "--checkpoint",
      description = "HEIGHT:HASH the reader trusts; for an export the height alone will do.")
  private Optional<String> checkpoint = Optional.empty();

  @Mixin private ProofJudging judging;

  @Override
  public Integer call() throws IOException {
    int wanted = (verify.isPresent() ? 1 : 0) + (transaction.isPresent() ? 1 : 0);
    if (wanted + (consistency ? 1 : 0) != 1) {
      throw usage("one of --tx, --consistency and --verify is needed");
    }
    if (verify.isPresent()) {
      return judging.judge(output, verify.get(), checkpoint);
    }
    Path target = out.orElseThrow(() -> usage("--out is needed"));
    byte[] proof = consistency ? consistencyProof() : inclusionProof();
    Files.write(target, proof);
    output.print(
        Output.object().put("file", target.toString()).put("sizeBytes", proof.length),
        "written to " + target);
    return 0;
  }

  private byte[] inclusionProof() {
    String id = transaction.orElseThrow().toLowerCase(Locale.ROOT);
    if (!HASH.matcher(id).matches()) {
      throw usage("a transaction's id is 64 hexadecimal digits");
    }
    return export(
        "/observe/ledger/proofs/" + id,
        Map.of(),
        audit -> audit.inclusionProof(Hash.fromHex(id), checkpointHeight()));
  }

  private byte[] consistencyProof() {
    long first = output.height("--from", from.orElseThrow(() -> usage("--from is needed")));
    long last = output.height("--to", to.orElseThrow(() -> usage("--to is needed")));
    if (first > last) {
      throw usage("--from is above --to");
    }
    return export(
        "/observe/ledger/proofs",
        Map.of("from", Long.toString(first), "to", Long.toString(last)),
        audit -> audit.consistencyProof(first, last, checkpointHeight()));
  }

  private interface Export {
    Optional<Bytes> from(LedgerAudit audit);
  }

  /** From the running node, or, if nothing runs, from the home. */
  private byte[] export(String path, Map<String, String> parameters, Export export) {
    Map<String, String> query = new LinkedHashMap<>(parameters);
    checkpointHeight().ifPresent(height -> query.put("checkpoint", Long.toString(height)));
    Optional<AdminClient.Answer> answer = at.node().getIfRunning(path, query);
    if (answer.isPresent()) {
      return answer.get().body();
    }
    try (LedgerArchive archive = LedgerArchive.open(at.home().root(), at.genesis())) {
      return export.from(archive.audit()).orElseThrow().toArray();
    }
  }

  private OptionalLong checkpointHeight() {
    if (checkpoint.isEmpty()) {
      return OptionalLong.empty();
    }
    String height = checkpoint.get().split(":", 2)[0];
    try {
      return OptionalLong.of(Long.parseLong(height));
    } catch (NumberFormatException e) {
      throw usage("a checkpoint is HEIGHT or HEIGHT:HASH");
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return output.wrongUsage(message);
  }
}
