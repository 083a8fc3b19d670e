package org.medseal.ledger.app;

import java.util.Optional;
import org.medseal.ledger.engine.Verdict.Code;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.InstitutionTransaction;

/** Which actions of institutions may enter a block. */
final class InstitutionRules {
  private final Proofs proofs;
  private final RequestRules requests;
  private final RegistryRules registry;
  private final MembershipActionRules membership;

  InstitutionRules(Proofs proofs) {
    this.proofs = proofs;
    this.requests = new RequestRules();
    this.registry = new RegistryRules(proofs);
    this.membership = new MembershipActionRules(proofs);
  }

  Judgement judge(Hash id, InstitutionTransaction signed, Overlay overlay) {
    Optional<Institution> institution = overlay.state().institution(signed.institution());
    if (institution.isEmpty()) {
      return Judgement.refused(Code.NOT_ALLOWED, "unknown institution");
    }
    RegistryRules.Signed by =
        new RegistryRules.Signed(
            id, institution.get(), proofs.institutionSignature(id, institution.get(), signed));
    Action action = signed.action();
    if (action instanceof Action.MemberJoin join) {
      return registry.judge(by, join, overlay);
    } else if (action instanceof Action.EpochStart start) {
      return registry.judge(by, start, overlay);
    } else if (action instanceof Action.CustodianSetChange change) {
      return registry.judge(by, change, overlay);
    }
    if (action instanceof Action.AuditAnchor anchor) {
      return judged(by, overlay.state().anchors().refusal(signed.institution(), anchor));
    }
    if (MembershipActionRules.isMembership(action)) {
      return membership.judge(by, action, overlay);
    }
    return judged(by, requests.refusal(signed, overlay));
  }

  private static Judgement judged(RegistryRules.Signed by, Optional<String> refusal) {
    return refusal
        .map(reason -> Judgement.refused(Code.NOT_ALLOWED, reason))
        .orElseGet(() -> Judgement.provided(by.signature()));
  }
}
