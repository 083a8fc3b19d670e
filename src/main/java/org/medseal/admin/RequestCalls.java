package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.medseal.audit.AuditAction;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.model.Hash;
import org.medseal.requests.AccessRequests;
import org.medseal.requests.AccessView;
import org.medseal.requests.ClearRecord;
import org.medseal.requests.Custody;
import org.medseal.requests.GrantedRecords;
import org.medseal.requests.InstitutionLedger.Submitted;
import org.medseal.requests.Purpose;
import org.medseal.requests.RecordSearch;
import org.medseal.requests.RequestRole;
import org.medseal.requests.RequestState;
import org.medseal.requests.RequestTerms;
import org.medseal.requests.TreatmentDates;
import org.medseal.users.Role;

/** Asking for records, deciding, opening. */
final class RequestCalls {
  private final AccessRequests requests;
  private final Custody custody;
  private final GrantedRecords granted;
  private final Ledger ledger;
  private final TreatmentDates dates;
  private final RecordSearch search;
  private final LookUpLimit limit;

  /** The parties' sides of a request. */
  record Sharing(
      AccessRequests requests,
      Custody custody,
      GrantedRecords granted,
      TreatmentDates dates,
      RecordSearch search) {}

  RequestCalls(Ledger ledger, Sharing sharing, LookUpLimit limit) {
    this.ledger = ledger;
    this.requests = sharing.requests();
    this.custody = sharing.custody();
    this.granted = sharing.granted();
    this.dates = sharing.dates();
    this.search = sharing.search();
    this.limit = limit;
  }

  List<Call> calls() {
    Access people = Access.anyOf(Role.PHYSICIAN, Role.ADMIN);
    Access admin = Access.anyOf(Role.ADMIN);
    return List.of(
        new Call("POST", "/requests", people, AuditAction.REQUEST, this::ask),
        new Call("GET", "/requests", people, AuditAction.REQUESTS_READ, this::list),
        new Call("GET", "/requests/{id}", people, AuditAction.REQUESTS_READ, this::find),
        new Call("GET", "/requests/{id}/records/{txId}", people, AuditAction.OPEN, this::open),
        new Call(
            "POST",
            "/requests/{id}/records/{txId}/dates",
            people,
            AuditAction.TRUE_DATES,
            this::openWithDates),
        new Call("POST", "/requests/{id}/approve", admin, AuditAction.APPROVE, this::approve),
        new Call("POST", "/requests/{id}/reject", admin, AuditAction.REJECT, this::reject),
        new Call(
            "GET",
            "/requests/{id}/records/{txId}/review",
            admin,
            AuditAction.REVIEW,
            this::review));
  }

  private Answer ask(Exchange exchange) {
    JsonBody body = exchange.body("txIds", "purpose", "justification");
    List<Hash> records =
        body.texts("txIds").stream().map(hex -> Exchange.hash("txIds", hex)).toList();
    Purpose purpose = Exchange.oneOf("purpose", body.text("purpose"), Purpose.class);
    exchange.note("purpose", purpose.name());
    Submitted submitted =
        requests.ask(
            exchange.session(),
            new AccessRequests.Ask(records, purpose, body.text("justification")),
            exchange.intention());
    exchange.note("id", submitted.id().hex());
    return submitted(201, submitted);
  }

  private Answer list(Exchange exchange) {
    AccessRequests.Page page =
        new AccessRequests.Page(
            exchange.queryOneOf("state", RequestState.class),
            role(exchange),
            exchange.limit(AccessRequests.MOST_LISTED),
            exchange.query("after").map(hex -> Exchange.hash("after", hex)));
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("requests");
    requests.list(exchange.session(), page).forEach(view -> all.add(RequestJson.of(view)));
    return Answer.json(answer);
  }

  private static Optional<RequestRole> role(Exchange exchange) {
    return exchange
        .query("role")
        .map(
            text ->
                Arrays.stream(RequestRole.values())
                    .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(text))
                    .findFirst()
                    .orElseThrow(() -> Exchange.refused("'role' is mine, all or desk.")));
  }

  /** With what a reviewer needs to know of each record before opening it. */
  private Answer find(Exchange exchange) {
    AccessView view = requests.find(exchange.session(), exchange.hash("id"));
    ObjectNode node = RequestJson.of(view);
    ArrayNode records = node.putArray("records");
    for (Hash id : view.records()) {
      RecordJson.find(ledger, id)
          .ifPresent(
              record ->
                  records.add(record.put("reviewable", custody.opens(exchange.session(), id))));
    }
    return Answer.json(node);
  }

  private Answer approve(Exchange exchange) {
    Hash id = exchange.hash("id");
    JsonBody body = exchange.body("reply", "validDays");
    Optional<Duration> validFor =
        body.has("validDays") ? Optional.of(days(body.number("validDays"))) : Optional.empty();
    Custody.Reply reply = new Custody.Reply(body.textOrEmpty("reply"), validFor);
    validFor.ifPresent(term -> exchange.note("validDays", Long.toString(term.toDays())));
    return submitted(200, custody.approve(exchange.session(), id, reply, exchange.intention()));
  }

  private static Duration days(long days) {
    return Duration.ofDays(Math.min(days, RequestTerms.MOST_DAYS + 1L));
  }

  private Answer reject(Exchange exchange) {
    Hash id = exchange.hash("id");
    String text = exchange.body("reply").textOrEmpty("reply");
    Custody.Reply reply = new Custody.Reply(text, Optional.empty());
    return submitted(200, custody.reject(exchange.session(), id, reply, exchange.intention()));
  }

  private Answer review(Exchange exchange) {
    Hash id = exchange.hash("id");
    Hash record = exchange.hash("txId");
    RecordCalls.takeLookUp(exchange, limit);
    return document(custody.review(exchange.session(), id, record));
  }

  private Answer open(Exchange exchange) {
    Hash id = exchange.hash("id");
    Hash record = exchange.hash("txId");
    RecordCalls.takeLookUp(exchange, limit);
    return document(granted.open(exchange.session(), id, record));
  }

  private Answer openWithDates(Exchange exchange) {
    Hash id = exchange.hash("id");
    Hash record = exchange.hash("txId");
    RecordCalls.takeLookUp(exchange, limit);
    JsonBody body = exchange.body("authority", "type", "id");
    PatientIdentifier identifier =
        RecordCalls.identifier(
            exchange, search, body.text("authority"), body.textOrEmpty("type"), body.text("id"));
    return document(dates.open(exchange.session(), id, record, identifier));
  }

  private static Answer document(ClearRecord record) {
    return Answer.streamed(record.mediaType(), record.content());
  }

  /** 202 when the block has not come yet: the transaction is on its way and stays valid. */
  static Answer submitted(int status, Submitted submitted) {
    return Answer.json(
        submitted.committed() ? status : 202, Json.object().put("id", submitted.id().hex()));
  }
}
