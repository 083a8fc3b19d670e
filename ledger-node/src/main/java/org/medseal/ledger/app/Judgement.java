package org.medseal.ledger.app;

import java.util.List;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.engine.Verdict.Code;

/**
 * The cheap rules' answer.
 *
 * @param claims must hold too; empty when the verdict is a refusal
 */
record Judgement(Verdict verdict, List<SignatureClaim> claims) {
  static Judgement refused(Code code, String reason) {
    return new Judgement(Verdict.refused(code, reason), List.of());
  }

  /** Allowed if the claims hold. */
  static Judgement provided(SignatureClaim... claims) {
    return new Judgement(Verdict.ok(), List.of(claims));
  }

  boolean isRefused() {
    return !verdict.isOk();
  }
}
