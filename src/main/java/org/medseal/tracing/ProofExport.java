package org.medseal.tracing;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.proof.LedgerProof;
import org.medseal.ledger.proof.ProofException;
import org.medseal.ledger.proof.ProofFile;
import org.medseal.tracing.TraceProofFile.Proven;

/** Adds to a finding the proofs that its record and its registry entries stand on the ledger. */
final class ProofExport {
  private final Ledger ledger;
  private final OptionalLong checkpoint;

  ProofExport(Ledger ledger, OptionalLong checkpoint) {
    this.ledger = ledger;
    this.checkpoint = checkpoint;
  }

  TraceProofFile of(TraceFinding finding) {
    LedgerProof record = inclusion(Hash.fromHex(finding.recordId()));
    int epoch = finding.core().epoch();
    Optional<Proven> start =
        epoch == 1
            ? Optional.empty()
            : change(action -> action instanceof Action.EpochStart of && of.epoch() == epoch);
    Optional<Proven> join =
        finding instanceof TraceProof named && !isOfGenesis(named.named().institution())
            ? join(named.member())
            : Optional.empty();
    return new TraceProofFile(finding, record, start, join);
  }

  private boolean isOfGenesis(String institution) {
    return ledger.genesis().institutions().stream()
        .anyMatch(each -> each.name().equals(institution));
  }

  private Optional<Proven> join(GroupMember member) {
    return change(action -> action instanceof Action.MemberJoin of && of.member().equals(member));
  }

  private Optional<Proven> change(Predicate<Action> wanted) {
    List<CommittedTransaction> changes = ledger.view().groupChanges();
    return changes.stream()
        .map(CommittedTransaction::transaction)
        .map(InstitutionTransaction.class::cast)
        .filter(each -> wanted.test(each.action()))
        .findFirst()
        .map(
            each -> {
              IdentifiedTransaction identified = Transactions.identify(each);
              return new Proven(identified, inclusion(identified.id()));
            });
  }

  private LedgerProof inclusion(Hash transaction) {
    Bytes file =
        ledger
            .audit()
            .inclusionProof(transaction, checkpoint)
            .orElseThrow(
                () ->
                    new ProofException(
                        ProofException.Reason.NOT_FOUND, "This ledger makes no proofs."));
    return ProofFile.decode(file.toArray());
  }
}
