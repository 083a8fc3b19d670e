package org.medseal.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.medseal.ledger.genesis.GenesisFile;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.proof.Anchor;
import org.medseal.ledger.proof.Claim;
import org.medseal.ledger.proof.LedgerProof;
import org.medseal.ledger.proof.ProofException;
import org.medseal.ledger.proof.ProofFile;
import org.medseal.ledger.proof.ProofJudgement;
import org.medseal.ledger.proof.ProofVerification;
import org.medseal.ledger.proof.TrustRules;
import picocli.CommandLine.Option;

/** {@code medseal ledger proof --verify}: no home, no network, no key. */
final class ProofJudging {
  @Option(
      names = "--genesis",
      description =
          "The genesis file the reader trusts; beside a checkpoint, for the trust period only.")
  private Optional<Path> genesis = Optional.empty();

  @Option(names = "--fresh", description = "Refuse what rests on anything beyond the trust period.")
  private boolean fresh;

  @Option(
      names = "--trust-days",
      description = "Trust period; else 14 days, or less if by the genesis stake unbonds sooner.")
  private Optional<Integer> trustDays = Optional.empty();

  /** Exit code 0 if the proof holds, 1 if not, with the reason. */
  int judge(Output output, Path file, Optional<String> checkpoint) throws IOException {
    Optional<Genesis> known = known();
    Anchor anchor = anchor(output, known, checkpoint);
    try {
      ProofJudgement judged =
          besides(ProofVerification.verify(read(file), anchor, rules(known)), known);
      output.print(asJson(judged), out -> print(out, judged));
      return 0;
    } catch (ProofException e) {
      output.print(
          Output.object()
              .put("holds", false)
              .put("reason", e.reason().name())
              .put("detail", e.getMessage()),
          "does not hold: " + e.getMessage());
      return MedSeal.FAILED;
    }
  }

  Optional<Genesis> known() {
    return genesis.isPresent() ? Optional.of(GenesisFile.read(genesis.get())) : Optional.empty();
  }

  /** The checkpoint, if there is one, is the newer of the two. */
  static Anchor anchor(Output output, Optional<Genesis> known, Optional<String> checkpoint) {
    if (known.isEmpty() && checkpoint.isEmpty()) {
      throw output.wrongUsage("--genesis or --checkpoint is needed to judge a proof");
    }
    return checkpoint.isPresent()
        ? new Anchor.OfCheckpoint(parse(output, checkpoint.get()))
        : new Anchor.OfGenesis(known.orElseThrow());
  }

  private static void print(PrintWriter out, ProofJudgement judged) {
    out.println("holds: " + words(judged));
    judged.caveats().forEach(each -> out.println("CAVEAT: " + each));
  }

  private static LedgerProof read(Path file) throws IOException {
    if (Files.size(file) > ProofFile.MAX_BYTES) {
      throw new ProofException(ProofException.Reason.MALFORMED, "larger than any proof file");
    }
    return ProofFile.decode(Files.readAllBytes(file));
  }

  private static Checkpoint parse(Output output, String text) {
    try {
      return Checkpoint.parse(text);
    } catch (IllegalArgumentException e) {
      throw output.wrongUsage(e.getMessage());
    }
  }

  TrustRules rules(Optional<Genesis> known) {
    TrustRules rules = TrustRules.at(Instant.now());
    if (trustDays.isPresent()) {
      rules = rules.trusting(Duration.ofDays(trustDays.get()));
    } else if (known.isPresent()) {
      rules = rules.trusting(TrustRules.trustPeriod(known.get()));
    }
    return fresh ? rules.freshOnly() : rules;
  }

  /** Without a genesis, which must be the chain's, nobody knows how long stake unbonds there. */
  private ProofJudgement besides(ProofJudgement judged, Optional<Genesis> known) {
    if (known.isPresent() && !known.get().chainId().equals(judged.chainId())) {
      throw new ProofException(
          ProofException.Reason.NOT_TRUSTED, "the genesis is of another chain than the proof");
    }
    return known.isPresent() || trustDays.isPresent()
        ? judged
        : judged.withCaveat(
            "the trust period of 14 days supposes that stake unbonds for 21 days at least: with"
                + " --genesis the period is that of the chain");
  }

  private static String words(ProofJudgement judged) {
    Claim claim = judged.claim();
    if (claim instanceof Claim.InBlock in) {
      return "transaction "
          + in.transaction()
          + " is in block "
          + in.height()
          + " of "
          + judged.chainId()
          + ", decided at "
          + time(judged);
    }
    if (claim instanceof Claim.InHistory in) {
      return "transaction "
          + in.transaction()
          + " is number "
          + in.path().index()
          + " since the genesis of "
          + judged.chainId()
          + ", committed before height "
          + in.at().height()
          + " of "
          + time(judged);
    }
    Claim.Grown grown = (Claim.Grown) claim;
    return "the "
        + grown.to().size()
        + " transactions before height "
        + grown.to().height()
        + " of "
        + judged.chainId()
        + " begin with the "
        + grown.from().size()
        + " before height "
        + grown.from().height()
        + ", unchanged and in the same order";
  }

  private static String time(ProofJudgement judged) {
    return Instant.ofEpochMilli(judged.block().header().timeMs()).toString();
  }

  private static ObjectNode asJson(ProofJudgement judged) {
    ObjectNode node = Output.object();
    node.put("holds", true);
    node.put("chainId", judged.chainId());
    node.put("statement", words(judged));
    node.put("height", judged.block().height());
    node.put("blockId", judged.block().id().hex());
    node.put("blockTime", time(judged));
    node.put("anchorHeight", judged.anchorHeight());
    node.put("headers", judged.headers());
    judged.caveats().forEach(node.putArray("caveats")::add);
    return node;
  }
}
