package org.medseal.requests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
 * The custodian's side: review, approve, reject. Works only for a session that unlocked a key of
 * the sets to which the records were wrapped; one key of a set suffices.
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
   * What a custodian answers.
   *
   * @param validFor of a grant; empty for the node's own setting
   */
  public record Reply(String text, Optional<Duration> validFor) {
    private static final int LONGEST_TEXT = RequestBody.LONGEST_TEXT;

    /** BAD_REQUEST above 2000 characters, or for a validity that is not 1 to 366 days. */
    public Reply {
      text = text.strip();
      if (text.length() > LONGEST_TEXT) {
        throw new RequestException(Reason.BAD_REQUEST, "A reply has at most 2000 characters.");
      }
      if (validFor
          .filter(term -> term.toDays() < 1 || term.toDays() > RequestTerms.MOST_DAYS)
          .isPresent()) {
        throw new RequestException(
            Reason.BAD_REQUEST, "A grant is valid for 1 to " + RequestTerms.MOST_DAYS + " days.");
      }
    }
  }

  /**
   * Opens and checks every record of the request, then re-wraps each data key to the asking
   * institution. All or nothing. INSTITUTION_GONE when that has left the consortium since.
   */
  public Submitted approve(Session session, Hash requestId, Reply reply, Intention intention) {
    AccessState access = requests.state(requestId);
    RequestBody body = body(session, access);
    requireUndecided(access);
    requirePresent(access.institution());
    Sm2PublicKey asking = acting.grantKey(access.institution());
    Set<String> keys = new TreeSet<>();
    List<DecisionBody.Grant> grants = new ArrayList<>();
    for (Hash id : body.records()) {
      RecordTransaction record = AccessRequests.record(ledger, id);
      Sm2PrivateKey key = requireKey(session, set(record));
      keys.add(fingerprint(key.publicKey()));
      try (SecretBytes dataKey = unwrap(key, record)) {
        verify(record, dataKey);
        byte[] wrapped = asking.wrap(dataKey, acting.random());
        grants.add(new DecisionBody.Grant(id.hex(), HexFormat.of().formatHex(wrapped)));
      }
    }
    Duration validFor = reply.validFor().orElse(requests.terms().validFor());
    return decide(
        access,
        body,
        new DecisionBody(
            reply.text(), List.copyOf(keys), requests.nowMs() + validFor.toMillis(), grants),
        intention);
  }

  private void requirePresent(String asking) {
    if (ledger.view().institution(asking).isEmpty()) {
      throw new RequestException(
          Reason.INSTITUTION_GONE,
          asking
              + " has left the consortium since it asked: nothing can be granted to it. The request"
              + " can be rejected.");
    }
  }

  private void verify(RecordTransaction record, SecretBytes dataKey) {
    try (ClearRecord clear = ClearRecord.open(ledger, record, dataKey)) {
      clear.verify();
    }
  }

  public Submitted reject(Session session, Hash requestId, Reply reply, Intention intention) {
    AccessState access = requests.state(requestId);
    RequestBody body = body(session, access);
    requireUndecided(access);
    Set<String> keys = new TreeSet<>();
    for (Hash id : body.records()) {
      Sm2PrivateKey key = requireKey(session, set(AccessRequests.record(ledger, id)));
      keys.add(fingerprint(key.publicKey()));
    }
    return decide(
        access, body, new DecisionBody(reply.text(), List.copyOf(keys), 0, List.of()), intention);
  }

  /** The record as the custodian may read it before deciding, and afterwards. */
  public ClearRecord review(Session session, Hash requestId, Hash recordId) {
    AccessState access = requests.state(requestId);
    if (!body(session, access).records().contains(recordId)) {
      throw notPart();
    }
    RecordTransaction record = AccessRequests.record(ledger, recordId);
    try (SecretBytes dataKey = unwrap(requireKey(session, set(record)), record)) {
      return ClearRecord.open(ledger, record, dataKey);
    }
  }

  /** Whether this session holds a key that opens the record; UNKNOWN_RECORD. */
  public boolean opens(Session session, Hash recordId) {
    return key(session, set(AccessRequests.record(ledger, recordId))).isPresent();
  }

  static RequestException notPart() {
    return new RequestException(
        Reason.NOT_PART_OF_REQUEST, "The request does not name this record.");
  }

  /** Sealed to who asked, if still there, and to whoever could have decided, now or by the sets. */
  private Submitted decide(
      AccessState access, RequestBody asked, DecisionBody body, Intention intention) {
    Set<String> parties = new TreeSet<>(requests.custodians().ofAny(asked.records()));
    ledger.view().institution(access.institution()).ifPresent(each -> parties.add(each.name()));
    parties.addAll(requests.custodians().present());
    String context = DecisionBody.context(ledger.genesis().chainId(), access.id());
    Bytes sealed = acting.seal(context, Bodies.write(body), List.copyOf(parties));
    return acting.submit(
        new Action.AccessDecision(access.id(), !body.grants().isEmpty(), sealed), intention);
  }

  private void requireUndecided(AccessState access) {
    if (access.decision().isPresent()) {
      throw new RequestException(Reason.ALREADY_DECIDED, "The request is decided already.");
    }
    if (requests.state(access) == RequestState.EXPIRED) {
      throw new RequestException(Reason.EXPIRED, "The request has expired.");
    }
  }

  private RequestBody body(Session session, AccessState access) {
    return requests
        .visible(session, access)
        .orElseThrow(
            () -> new RequestException(Reason.UNKNOWN_REQUEST, "There is no such request."));
  }

  private SecretBytes unwrap(Sm2PrivateKey key, RecordTransaction record) {
    int place = place(set(record), key);
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
    return requests.custodians().set(record);
  }

  private static Sm2PrivateKey requireKey(Session session, CustodianSet set) {
    return key(session, set).orElseThrow(() -> keyNeeded(set));
  }

  private static Optional<Sm2PrivateKey> key(Session session, CustodianSet set) {
    return session.keys().custodians().stream().filter(key -> place(set, key) >= 0).findFirst();
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
    return key.institution()
        + " "
        + fingerprint(Sm2PublicKey.fromPoint(key.sm2Point().toArray())).substring(0, 16);
  }

  private static String fingerprint(Sm2PublicKey key) {
    return HexFormat.of().formatHex(key.fingerprint());
  }
}
