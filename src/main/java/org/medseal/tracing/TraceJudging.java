package org.medseal.tracing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.proof.Anchor;
import org.medseal.ledger.proof.Claim;
import org.medseal.ledger.proof.LedgerProof;
import org.medseal.ledger.proof.ProofException;
import org.medseal.ledger.proof.ProofJudgement;
import org.medseal.ledger.proof.ProofVerification;
import org.medseal.ledger.proof.TrustRules;
import org.medseal.tracing.TraceException.Reason;
import org.medseal.tracing.TraceProofFile.Proven;

/**
 * Judges a trace proof file offline: first that the ledger holds the record and the registry
 * entries, from the anchor over the headers in the file, then the finding on them.
 */
public final class TraceJudging {
  private final Optional<Genesis> genesis;
  private final Anchor anchor;
  private final TrustRules rules;
  private final Set<String> caveats = new LinkedHashSet<>();

  /**
   * @param genesis of the chain; without it records of the first epoch cannot be judged
   * @param anchor where the ledger's proofs begin; that genesis, or a checkpoint
   */
  public TraceJudging(Optional<Genesis> genesis, Anchor anchor, TrustRules rules) {
    this.genesis = genesis;
    this.anchor = anchor;
    this.rules = rules;
  }

  /**
   * A proof that holds.
   *
   * @param institution that signed; empty where nobody in the registry did
   * @param caveats what the reader has to know besides
   */
  public record Judgement(
      String recordId, int epoch, Optional<String> institution, List<String> caveats) {
    public Judgement {
      caveats = List.copyOf(caveats);
    }
  }

  /** NOT_PROVEN, and the message says what does not hold. */
  public Judgement judge(TraceProofFile file) {
    String chainId =
        requireOnLedger(file.record(), Hash.fromHex(file.finding().recordId()), "record");
    if (genesis.isEmpty() && file.epochStart().isEmpty()) {
      throw refused("the first epoch's keys stand in the genesis file: --genesis is needed too");
    }
    if (genesis.filter(each -> !each.chainId().equals(chainId)).isPresent()) {
      throw refused("the genesis is of another chain than the proof");
    }
    ProvenRegistry registry =
        new ProvenRegistry(
            chainId,
            genesis,
            file.epochStart().map(this::epochStart),
            file.join().map(this::joined));
    if (!file.finding().judge(registry)) {
      throw refused(
          "the finding does not follow from the record's signature and the group's registry");
    }
    Optional<String> institution =
        file.finding() instanceof TraceProof named
            ? Optional.of(named.named().institution())
            : Optional.empty();
    return new Judgement(
        file.finding().recordId(),
        file.finding().core().epoch(),
        institution,
        List.copyOf(caveats));
  }

  /** By the issuer: the ledger takes it from nobody else, and a block that did is not believed. */
  private Action.EpochStart epochStart(Proven proven) {
    if (action(proven, "epoch start") instanceof Action.EpochStart start) {
      return start;
    }
    throw refused("what should start the epoch is another transaction");
  }

  private GroupMember joined(Proven proven) {
    if (action(proven, "join") instanceof Action.MemberJoin join) {
      return join.member();
    }
    throw refused("what should be the join is another transaction");
  }

  private Action action(Proven proven, String what) {
    String chainId = requireOnLedger(proven.proof(), proven.transaction().id(), what);
    if (proven.transaction().transaction() instanceof InstitutionTransaction signed
        && signed.chainId().equals(chainId)) {
      return signed.action();
    }
    throw refused("the " + what + " is no institution's transaction");
  }

  private String requireOnLedger(LedgerProof proof, Hash transaction, String what) {
    ProofJudgement judged = verified(proof, what);
    Hash proven =
        proof.claim() instanceof Claim.InBlock in
            ? in.transaction()
            : proof.claim() instanceof Claim.InHistory in ? in.transaction() : Hash.ZERO;
    if (!proven.equals(transaction)) {
      throw refused("the ledger's proof of the " + what + " is about something else");
    }
    caveats.addAll(judged.caveats());
    return judged.chainId();
  }

  private ProofJudgement verified(LedgerProof proof, String what) {
    try {
      return ProofVerification.verify(proof, anchor, rules);
    } catch (ProofException e) {
      throw refused("the ledger's proof of the " + what + " does not hold: " + e.getMessage());
    }
  }

  private static TraceException refused(String why) {
    return new TraceException(Reason.NOT_PROVEN, why);
  }
}
