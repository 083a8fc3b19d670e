package org.medseal.requests;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.crypto.sm2.Sm2PublicKey;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView.AccessState;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.requests.InstitutionLedger.Submitted;
import org.medseal.requests.RequestException.Reason;
import org.medseal.users.Session;

/**
 * The custodian's side: review, approve, reject. Works only for a session that unlocked the key to
 * which the records were wrapped.
 */
public final class Custody {
  private final InstitutionLedger acting;
  private final Ledger ledger;
  private final AccessRequests requests;

  public Custody(InstitutionLedger acting, AccessRequests requests) {
    this.acting = acting;
    this.ledger = acting.ledger();
    this.requests = requests;
  }

  /**
   * Opens and checks every record of the request, then re-wraps each data key to the asking
   * institution. All or nothing.
   */
  public Submitted approve(Session session, Hash requestId, String reply) {
    AccessState access = undecided(requestId);
    RequestBody body = body(session, access);
    Sm2PublicKey asking = acting.grantKey(access.institution());
    List<DecisionBody.Grant> grants = new ArrayList<>();
    for (Hash id : body.records()) {
      RecordTransaction record = AccessRequests.record(ledger, id);
      try (SecretBytes dataKey = unwrap(session, record)) {
        verify(record, dataKey);
        byte[] wrapped = asking.wrap(dataKey, acting.random());
        grants.add(new DecisionBody.Grant(id.hex(), HexFormat.of().formatHex(wrapped)));
      }
    }
    return decide(session, access, reply, grants);
  }

  private void verify(RecordTransaction record, SecretBytes dataKey) {
    try (ClearRecord clear = ClearRecord.open(ledger, record, dataKey)) {
      clear.verify();
    }
  }

  public Submitted reject(Session session, Hash requestId, String reply) {
    AccessState access = undecided(requestId);
    for (Hash id : body(session, access).records()) {
      requireKey(session, set(AccessRequests.record(ledger, id)));
    }
    return decide(session, access, reply, List.of());
  }

  /** The record as the custodian may read it before deciding, and afterwards. */
  public ClearRecord review(Session session, Hash requestId, Hash recordId) {
    AccessState access = requests.state(requestId);
    if (!body(session, access).records().contains(recordId)) {
      throw notPart();
    }
    RecordTransaction record = AccessRequests.record(ledger, recordId);
    try (SecretBytes dataKey = unwrap(session, record)) {
      return ClearRecord.open(ledger, record, dataKey);
    }
  }

  static RequestException notPart() {
    return new RequestException(
        Reason.NOT_PART_OF_REQUEST, "The request does not name this record.");
  }

  private Submitted decide(
      Session session, AccessState access, String reply, List<DecisionBody.Grant> grants) {
    if (reply.length() > RequestBody.LONGEST_TEXT) {
      throw new RequestException(Reason.BAD_REQUEST, "A reply has at most 2000 characters.");
    }
    Sm2PrivateKey key = requireKey(session, ledger.view().custodians());
    DecisionBody body =
        new DecisionBody(
            reply.strip(), HexFormat.of().formatHex(key.publicKey().fingerprint()), grants);
    Set<String> parties = new TreeSet<>();
    parties.add(access.institution());
    ledger.view().custodians().keys().forEach(each -> parties.add(each.institution()));
    String context = DecisionBody.context(ledger.genesis().chainId(), access.id());
    Bytes sealed = acting.seal(context, Bodies.write(body), List.copyOf(parties));
    return acting.submit(new Action.AccessDecision(access.id(), !grants.isEmpty(), sealed));
  }

  private AccessState undecided(Hash requestId) {
    AccessState access = requests.state(requestId);
    return switch (requests.state(access)) {
      case OPEN -> access;
      case EXPIRED -> throw new RequestException(Reason.EXPIRED, "The request has expired.");
      case APPROVED, REJECTED ->
          throw new RequestException(Reason.ALREADY_DECIDED, "The request is decided already.");
    };
  }

  private RequestBody body(Session session, AccessState access) {
    return requests
        .visible(session, access)
        .orElseThrow(
            () -> new RequestException(Reason.UNKNOWN_REQUEST, "There is no such request."));
  }

  private SecretBytes unwrap(Session session, RecordTransaction record) {
    CustodianSet set = set(record);
    Sm2PrivateKey key = requireKey(session, set);
    int place = place(set, key);
    if (place >= record.witness().wrappedKeys().size()) {
      throw ClearRecord.notAuthentic(null);
    }
    try {
      return key.unwrap(record.witness().wrappedKeys().get(place).toArray());
    } catch (CryptoException e) {
      throw ClearRecord.notAuthentic(e);
    }
  }

  private CustodianSet set(RecordTransaction record) {
    return ledger
        .view()
        .custodians(record.witness().header().custodianSetVersion())
        .orElseThrow(() -> ClearRecord.notAuthentic(null));
  }

  private static Sm2PrivateKey requireKey(Session session, CustodianSet set) {
    return session
        .keys()
        .custodian()
        .filter(key -> place(set, key) >= 0)
        .orElseThrow(() -> keyNeeded(set));
  }

  /** Position in the set, or -1. */
  private static int place(CustodianSet set, Sm2PrivateKey key) {
    Bytes point = Bytes.of(key.publicKey().point());
    for (int i = 0; i < set.keys().size(); i++) {
      if (set.keys().get(i).sm2Point().equals(point)) {
        return i;
      }
    }
    return -1;
  }

  private static RequestException keyNeeded(CustodianSet set) {
    String keys = set.keys().stream().map(Custody::name).collect(Collectors.joining(", "));
    return new RequestException(
        Reason.CUSTODIAN_KEY_NEEDED,
        "This needs a session that unlocked a custodian key of set "
            + set.version()
            + ": "
            + keys
            + ".");
  }

  private static String name(CustodianKey key) {
    byte[] fingerprint = Sm2PublicKey.fromPoint(key.sm2Point().toArray()).fingerprint();
    return key.institution() + " " + HexFormat.of().formatHex(fingerprint, 0, 8);
  }
}
