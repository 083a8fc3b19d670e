package org.medseal.requests;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView.AccessState;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.requests.InstitutionLedger.Submitted;
import org.medseal.requests.RequestException.Reason;
import org.medseal.users.Role;
import org.medseal.users.Session;

/** Requests for records: made by users of this institution, read by their parties. */
public final class AccessRequests {
  private static final int MOST_CACHED = 4_096;

  /** So many at most on a page. */
  public static final int MOST_LISTED = 1_000;

  private final InstitutionLedger acting;
  private final Ledger ledger;
  private final Duration answerWithin;
  private final Clock clock;

  /** What unsealing gave, nothing included, because a list would try each again. */
  private final Map<Hash, Optional<RequestBody>> bodies =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Optional<RequestBody>> eldest) {
          return size() > MOST_CACHED;
        }
      };

  public AccessRequests(InstitutionLedger acting, Duration answerWithin, Clock clock) {
    this.acting = acting;
    this.ledger = acting.ledger();
    this.answerWithin = answerWithin;
    this.clock = clock;
  }

  /** What a user asks for. */
  public record Ask(List<Hash> records, Purpose purpose, String justification) {
    public Ask {
      records = List.copyOf(records);
    }
  }

  /** The submitted transaction's id is the request's. UNKNOWN_RECORD, BAD_REQUEST. */
  public Submitted ask(Session session, Ask ask) {
    RequestBody body = body(session, ask);
    Set<String> parties = new TreeSet<>();
    parties.add(ledger.institution());
    addCustodians(parties, ledger.view().custodians());
    for (Hash id : ask.records()) {
      int version = record(ledger, id).witness().header().custodianSetVersion();
      ledger.view().custodians(version).ifPresent(set -> addCustodians(parties, set));
    }
    String context = RequestBody.context(ledger.genesis().chainId(), ledger.institution());
    long nowMs = Math.max(clock.millis(), ledger.view().timeMs());
    return acting.submit(
        new Action.AccessRequest(
            nowMs + answerWithin.toMillis(),
            acting.seal(context, Bodies.write(body), List.copyOf(parties))));
  }

  /**
   * Which of the requests.
   *
   * @param limit 1 to 1000
   * @param after the last one seen; the page begins behind it
   */
  public record Page(Optional<RequestState> state, int limit, Optional<Hash> after) {
    public Page {
      if (limit < 1 || limit > MOST_LISTED) {
        throw new IllegalArgumentException("a page has 1 to " + MOST_LISTED + " requests");
      }
    }

    /** The first of all. */
    public static Page first() {
      return new Page(Optional.empty(), MOST_LISTED, Optional.empty());
    }
  }

  /** What this user may see, newest first: own ones, for an ADMIN all that this node can unseal. */
  public List<AccessView> list(Session session, Page page) {
    boolean begun = page.after().isEmpty();
    List<AccessView> views = new ArrayList<>();
    List<AccessState> newestFirst = new ArrayList<>(ledger.view().accesses());
    newestFirst.sort(
        Comparator.comparingLong(AccessState::height)
            .reversed()
            .thenComparing(access -> access.id().hex()));
    for (AccessState access : newestFirst) {
      if (views.size() == page.limit()) {
        break;
      }
      if (!begun) {
        begun = access.id().equals(page.after().get());
      } else if (page.state().isEmpty() || page.state().get() == state(access)) {
        visible(session, access).ifPresent(body -> views.add(view(access, body)));
      }
    }
    return views;
  }

  /** UNKNOWN_REQUEST also for what this user may not see. */
  public AccessView find(Session session, Hash requestId) {
    AccessState access = state(requestId);
    return view(access, visible(session, access).orElseThrow(AccessRequests::unknown));
  }

  AccessState state(Hash requestId) {
    return ledger.view().access(requestId).orElseThrow(AccessRequests::unknown);
  }

  /** Empty when the user may not know of it. */
  Optional<RequestBody> visible(Session session, AccessState access) {
    return body(access)
        .filter(
            body ->
                session.user().is(Role.ADMIN)
                    || (access.institution().equals(ledger.institution())
                        && body.userId().equals(session.user().id())));
  }

  RequestState state(AccessState access) {
    if (access.decision().isPresent()) {
      return access.decision().get().decision().approved()
          ? RequestState.APPROVED
          : RequestState.REJECTED;
    }
    long nowMs = Math.max(clock.millis(), ledger.view().timeMs());
    return nowMs > access.request().answerByMs() ? RequestState.EXPIRED : RequestState.OPEN;
  }

  Optional<DecisionBody> decision(AccessState access) {
    String context = DecisionBody.context(ledger.genesis().chainId(), access.id());
    return access
        .decision()
        .flatMap(decision -> acting.unseal(context, decision.decision().sealedBody()))
        .flatMap(json -> Bodies.read(json, DecisionBody.class));
  }

  /** A committed record's transaction; UNKNOWN_RECORD for anything else. */
  static RecordTransaction record(Ledger ledger, Hash id) {
    return ledger
        .find(id)
        .map(CommittedTransaction::transaction)
        .filter(RecordTransaction.class::isInstance)
        .map(RecordTransaction.class::cast)
        .orElseThrow(
            () -> new RequestException(Reason.UNKNOWN_RECORD, "There is no record " + id + "."));
  }

  private Optional<RequestBody> body(AccessState access) {
    synchronized (bodies) {
      if (bodies.containsKey(access.id())) {
        return bodies.get(access.id());
      }
    }
    String context = RequestBody.context(ledger.genesis().chainId(), access.institution());
    Optional<RequestBody> body =
        acting
            .unseal(context, access.request().sealedBody())
            .flatMap(json -> Bodies.read(json, RequestBody.class));
    synchronized (bodies) {
      bodies.put(access.id(), body);
    }
    return body;
  }

  private AccessView view(AccessState access, RequestBody body) {
    return new AccessView(
        access.id(),
        state(access),
        body.purpose(),
        body.records(),
        Instant.ofEpochMilli(access.createdAtMs()),
        access.institution(),
        body.login(),
        body.justification(),
        decision(access).map(DecisionBody::reply));
  }

  private static RequestBody body(Session session, Ask ask) {
    try {
      return new RequestBody(
          ask.records().stream().map(Hash::hex).toList(),
          ask.purpose(),
          ask.justification().strip(),
          session.user().id(),
          session.user().login());
    } catch (IllegalArgumentException e) {
      throw new RequestException(
          Reason.BAD_REQUEST,
          "A request names 1 to 200 records, each once, and gives a justification of 1 to 2000"
              + " characters.",
          e);
    }
  }

  private static void addCustodians(Set<String> parties, CustodianSet set) {
    set.keys().forEach(key -> parties.add(key.institution()));
  }

  private static RequestException unknown() {
    return new RequestException(Reason.UNKNOWN_REQUEST, "There is no such request.");
  }
}
