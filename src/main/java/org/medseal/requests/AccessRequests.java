package org.medseal.requests;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.api.LedgerView.AccessState;
import org.medseal.ledger.model.Action;
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
  private final RequestTerms terms;
  private final Clock clock;
  private final RecordCustodians custodians;
  private final Remembered<Hash, Optional<RequestBody>> bodies = new Remembered<>(MOST_CACHED);
  private final Remembered<Hash, Set<String>> holders = new Remembered<>(MOST_CACHED);
  private final Remembered<Hash, Optional<DecisionBody>> decisions = new Remembered<>(MOST_CACHED);
  private volatile Listed listed = new Listed(-1, List.of());

  public AccessRequests(InstitutionLedger acting, RequestTerms terms, Clock clock) {
    this.acting = acting;
    this.ledger = acting.ledger();
    this.terms = terms;
    this.clock = clock;
    this.custodians = new RecordCustodians(ledger);
  }

  /** All requests as of one height, newest first. */
  private record Listed(long height, List<AccessState> requests) {}

  /** What a user asks for. */
  public record Ask(List<Hash> records, Purpose purpose, String justification) {
    public Ask {
      records = List.copyOf(records);
    }
  }

  /** The submitted transaction's id is the request's. UNKNOWN_RECORD, BAD_REQUEST. */
  public Submitted ask(Session session, Ask ask, Intention intention) {
    RequestBody body = body(session, ask);
    requireOneCustodian(ask.records());
    Set<String> parties = new TreeSet<>(custodians.ofAny(ask.records()));
    parties.add(ledger.institution());
    parties.addAll(custodians.present());
    String context = RequestBody.context(ledger.genesis().chainId(), ledger.institution());
    return acting.submit(
        new Action.AccessRequest(
            nowMs() + terms.answerWithin().toMillis(),
            acting.seal(context, Bodies.write(body), List.copyOf(parties))),
        intention);
  }

  /** A decision is one institution's, so what no one can open whole is asked for in parts. */
  private void requireOneCustodian(List<Hash> records) {
    records.forEach(id -> custodians.set(record(ledger, id)));
    if (custodians.ofAll(records).isEmpty()) {
      throw new RequestException(
          Reason.BAD_REQUEST,
          "No custodian has keys for all of these records: they were sealed under different"
              + " custodian sets. Ask for those of each set (GET records/{txId}: custodianSet) by a"
              + " request of its own.");
    }
  }

  /** Of this node's clock and the newest block the later: neither alone sets time back. */
  long nowMs() {
    return Math.max(clock.millis(), ledger.view().timeMs());
  }

  RequestTerms terms() {
    return terms;
  }

  RecordCustodians custodians() {
    return custodians;
  }

  /**
   * Which of the requests.
   *
   * @param role empty for all that this user may see
   * @param limit 1 to 1000
   * @param after the last one seen; the page begins behind it
   */
  public record Page(
      Optional<RequestState> state, Optional<RequestRole> role, int limit, Optional<Hash> after) {
    public Page {
      if (limit < 1 || limit > MOST_LISTED) {
        throw new IllegalArgumentException("a page has 1 to " + MOST_LISTED + " requests");
      }
    }

    /** The first of all. */
    public static Page first() {
      return new Page(Optional.empty(), Optional.empty(), MOST_LISTED, Optional.empty());
    }
  }

  /**
   * What this user may see, newest first: own ones, for an ADMIN all that this node can unseal.
   * NOT_YOURS for a role that is an administrator's.
   */
  public List<AccessView> list(Session session, Page page) {
    if (page.role().filter(role -> role != RequestRole.MINE).isPresent()
        && !session.user().is(Role.ADMIN)) {
      throw new RequestException(
          Reason.NOT_YOURS, "An administrator lists more than the own ones.");
    }
    boolean begun = page.after().isEmpty();
    List<AccessView> views = new ArrayList<>();
    for (AccessState access : newestFirst()) {
      if (views.size() == page.limit()) {
        break;
      }
      if (!begun) {
        begun = access.id().equals(page.after().get());
      } else if (page.state().isEmpty() || page.state().get() == state(access)) {
        visible(session, access)
            .filter(body -> page.role().isEmpty() || has(page.role().get(), session, access, body))
            .ifPresent(body -> views.add(view(access, body)));
      }
    }
    return views;
  }

  private boolean has(RequestRole role, Session session, AccessState access, RequestBody body) {
    return switch (role) {
      case MINE -> isOwn(session, access, body);
      case ALL -> true;
      case DESK -> isHolder(access, body);
    };
  }

  /** Of a request whose records have not all come to this node yet, it is asked again. */
  private boolean isHolder(AccessState access, RequestBody body) {
    return holders
        .find(access.id(), () -> custodians.holders(body.records()))
        .filter(all -> all.contains(ledger.institution()))
        .isPresent();
  }

  /** Read from the store once a block, not once a caller. */
  private List<AccessState> newestFirst() {
    LedgerView view = ledger.view();
    Listed known = listed;
    if (known.height() != view.height()) {
      List<AccessState> all = new ArrayList<>(view.accesses());
      all.sort(
          Comparator.comparingLong(AccessState::height)
              .reversed()
              .thenComparing(access -> access.id().hex()));
      known = new Listed(view.height(), List.copyOf(all));
      listed = known;
    }
    return known.requests();
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
    return body(access).filter(body -> mayKnow(session, access, body));
  }

  private boolean mayKnow(Session session, AccessState access, RequestBody body) {
    return session.user().is(Role.ADMIN) || isOwn(session, access, body);
  }

  private boolean isOwn(Session session, AccessState access, RequestBody body) {
    return access.institution().equals(ledger.institution())
        && body.by().userId().equals(session.user().id());
  }

  RequestState state(AccessState access) {
    if (access.decision().isEmpty()) {
      return nowMs() > access.request().answerByMs() ? RequestState.EXPIRED : RequestState.OPEN;
    }
    if (!access.decision().get().decision().approved()) {
      return RequestState.REJECTED;
    }
    boolean isOver = decision(access).filter(body -> nowMs() > body.validUntilMs()).isPresent();
    return isOver ? RequestState.EXPIRED : RequestState.APPROVED;
  }

  /** Empty where there is none, or none that this institution may read. */
  Optional<DecisionBody> decision(AccessState access) {
    if (access.decision().isEmpty()) {
      return Optional.empty();
    }
    Action.AccessDecision decision = access.decision().get().decision();
    String context = DecisionBody.context(ledger.genesis().chainId(), access.id());
    return decisions.get(
        access.id(),
        () ->
            acting
                .unseal(context, decision.sealedBody())
                .flatMap(json -> Bodies.read(json, DecisionBody.class)));
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

  /** Empty when this institution is no party. */
  private Optional<RequestBody> body(AccessState access) {
    String context = RequestBody.context(ledger.genesis().chainId(), access.institution());
    return bodies.get(
        access.id(),
        () ->
            acting
                .unseal(context, access.request().sealedBody())
                .flatMap(json -> Bodies.read(json, RequestBody.class)));
  }

  private AccessView view(AccessState access, RequestBody body) {
    return new AccessView(
        access.id(),
        state(access),
        body.purpose(),
        body.records(),
        Instant.ofEpochMilli(access.createdAtMs()),
        Instant.ofEpochMilli(access.request().answerByMs()),
        new AccessView.Asker(
            access.institution(),
            ledger.view().institution(access.institution()).isPresent(),
            body.by().login(),
            body.by().name()),
        body.justification(),
        access.decision().map(decision -> answered(access, decision)));
  }

  private AccessView.Answered answered(AccessState access, LedgerView.Decision decision) {
    Optional<DecisionBody> body = decision(access);
    return new AccessView.Answered(
        decision.institution(),
        Instant.ofEpochMilli(decision.decidedAtMs()),
        body.map(DecisionBody::reply),
        body.filter(each -> decision.decision().approved())
            .map(each -> Instant.ofEpochMilli(each.validUntilMs())));
  }

  private static RequestBody body(Session session, Ask ask) {
    try {
      return new RequestBody(
          ask.records().stream().map(Hash::hex).toList(),
          ask.purpose(),
          ask.justification().strip(),
          new RequestBody.By(
              session.user().id(), session.user().login(), session.user().displayName()));
    } catch (IllegalArgumentException e) {
      throw new RequestException(
          Reason.BAD_REQUEST,
          "A request names 1 to 200 records, each once, and gives a justification of 1 to 2000"
              + " characters.",
          e);
    }
  }

  private static RequestException unknown() {
    return new RequestException(Reason.UNKNOWN_REQUEST, "There is no such request.");
  }
}
