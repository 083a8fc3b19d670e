package org.medseal.ledger.app;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medseal.ledger.app.GroupState.GroupEpoch;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;

/** Changes of the signing group and of the custodian set. */
final class RegistryRules {
  /** Joins of one institution over the years; bounds the state. */
  private static final int MEMBERSHIPS = 64;

  private final Proofs proofs;

  RegistryRules(Proofs proofs) {
    this.proofs = proofs;
  }

  /** Who acts, in which transaction, and the claim that it is so. */
  record Signed(Hash id, Institution institution, SignatureClaim signature) {}

  Judgement judge(Signed signed, Action.MemberJoin join, Overlay overlay) {
    GroupMember member = join.member();
    if (!member.institution().equals(signed.institution().name())) {
      return notAllowed("an institution joins for itself only");
    }
    GroupState group = overlay.state().group();
    if (group.knowsCommitment(member.commitment())) {
      return notAllowed("the commitment is registered already");
    }
    if (group.memberships(member.institution()).size() >= MEMBERSHIPS) {
      return notAllowed("the institution has joined too often");
    }
    return Judgement.provided(
        signed.signature(),
        proofs.join(signed.id(), overlay.state().facts(), signed.institution(), member));
  }

  Judgement judge(Signed signed, Action.EpochStart start, Overlay overlay) {
    ChainFacts facts = overlay.state().facts();
    GroupState group = overlay.state().group();
    if (!signed.institution().name().equals(facts.roles().issuer())) {
      return notAllowed("only the issuer starts an epoch");
    }
    if (start.epoch() != group.current().epoch() + 1) {
      return notAllowed("epoch " + group.current().epoch() + " is followed by the next only");
    }
    if (start.credentials().isEmpty()) {
      return notAllowed("an epoch needs a member");
    }
    Optional<String> refusal = refusal(start, overlay.state());
    return refusal
        .map(RegistryRules::notAllowed)
        .orElseGet(
            () ->
                Judgement.provided(
                    signed.signature(), proofs.credentials(signed.id(), facts, start, group)));
  }

  Judgement judge(Signed signed, Action.CustodianSetChange change, Overlay overlay) {
    CustodianSet present = overlay.state().custodians().current().custodians();
    CustodianSet next = change.custodians();
    if (!RequestRules.isCustodian(signed.institution().name(), present)) {
      return notAllowed("only a present custodian's institution changes the set");
    }
    if (next.version() != present.version() + 1) {
      return notAllowed("custodian set " + present.version() + " is followed by the next only");
    }
    return givesBackOwn(signed.institution().name(), present, next)
        ? Judgement.provided(signed.signature())
        : notAllowed("a custodian only gives keys of its own back; all else is put to the vote");
  }

  /**
   * What is left of the present set, in its order, once some of one institution's keys are out.
   * Whoever could add a key could open all records to come, and whoever could put others out could
   * become the last custodian, whom no vote removes.
   */
  private static boolean givesBackOwn(String institution, CustodianSet present, CustodianSet next) {
    List<CustodianKey> left =
        present.keys().stream()
            .filter(each -> !each.institution().equals(institution) || next.keys().contains(each))
            .toList();
    return left.equals(next.keys()) && left.size() < present.keys().size();
  }

  private static Optional<String> refusal(Action.EpochStart start, LedgerState state) {
    GroupState group = state.group();
    Set<String> institutions = new HashSet<>();
    Set<Bytes> as = new HashSet<>();
    for (EpochCredential credential : start.credentials()) {
      if (state.institution(credential.institution()).isEmpty()) {
        return Optional.of("a credential for an institution that is no member");
      }
      if (group.member(credential.institution()).isEmpty()) {
        return Optional.of("a credential for an institution that has not joined");
      }
      if (!institutions.add(credential.institution())) {
        return Optional.of("two credentials for one institution");
      }
      Bytes a = GroupEpoch.a(credential);
      if (!as.add(a) || group.knowsA(a)) {
        return Optional.of("a credential's A is not new");
      }
    }
    return Optional.empty();
  }

  private static Judgement notAllowed(String reason) {
    return Judgement.refused(Code.NOT_ALLOWED, reason);
  }
}
