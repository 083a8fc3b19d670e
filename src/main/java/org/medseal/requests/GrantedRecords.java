package org.medseal.requests;

import java.util.HexFormat;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView.AccessState;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.requests.RequestException.Reason;
import org.medseal.users.Session;

/** The requester's side: opens a record once its request is approved. */
public final class GrantedRecords {
  private final InstitutionLedger acting;
  private final Ledger ledger;
  private final AccessRequests requests;

  public GrantedRecords(InstitutionLedger acting, AccessRequests requests) {
    this.acting = acting;
    this.ledger = acting.ledger();
    this.requests = requests;
  }

  /** For the asking user and administrators of the asking institution. */
  public ClearRecord open(Session session, Hash requestId, Hash recordId) {
    AccessState access = requests.state(requestId);
    requireGranted(session, access, recordId);
    RecordTransaction record = AccessRequests.record(ledger, recordId);
    try (SecretBytes dataKey = granted(access, recordId)) {
      return ClearRecord.open(ledger, record, dataKey);
    }
  }

  /** The same, to be read more than once; NOT_FOR_THIS_PURPOSE if it was asked for another. */
  ReopenedRecord reopened(Session session, Hash requestId, Hash recordId, Purpose purpose) {
    AccessState access = requests.state(requestId);
    RequestBody body = requireGranted(session, access, recordId);
    if (body.purpose() != purpose) {
      throw new RequestException(
          Reason.NOT_FOR_THIS_PURPOSE,
          "The request is for " + body.purpose() + "; this is for " + purpose + " only.");
    }
    RecordTransaction record = AccessRequests.record(ledger, recordId);
    try (SecretBytes dataKey = granted(access, recordId)) {
      return new ReopenedRecord(ledger, record, dataKey);
    }
  }

  private RequestBody requireGranted(Session session, AccessState access, Hash recordId) {
    RequestBody body =
        requests
            .visible(session, access)
            .orElseThrow(
                () -> new RequestException(Reason.UNKNOWN_REQUEST, "There is no such request."));
    if (!access.institution().equals(ledger.institution())) {
      throw new RequestException(
          Reason.NOT_YOURS, "Only the asking institution opens what was granted; see review.");
    }
    if (!body.records().contains(recordId)) {
      throw Custody.notPart();
    }
    RequestState state = requests.state(access);
    if (state == RequestState.EXPIRED && access.decision().isPresent()) {
      throw new RequestException(
          Reason.EXPIRED, "The grant's time is up; ask again if the record is still needed.");
    }
    if (state != RequestState.APPROVED) {
      throw new RequestException(
          Reason.NOT_APPROVED, "The request is " + state + "; records open once it is APPROVED.");
    }
    return body;
  }

  private SecretBytes granted(AccessState access, Hash recordId) {
    String wrapped =
        requests
            .decision(access)
            .flatMap(decision -> decision.grant(recordId))
            .map(DecisionBody.Grant::wrappedKey)
            .orElseThrow(
                () ->
                    new RequestException(
                        Reason.NOT_APPROVED, "The decision grants no key for this record."));
    try {
      return acting.ownGrantKey().unwrap(HexFormat.of().parseHex(wrapped));
    } catch (CryptoException | IllegalArgumentException e) {
      throw ClearRecord.notAuthentic(e);
    }
  }
}
