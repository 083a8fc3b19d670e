package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medseal.audit.AuditAction;
import org.medseal.ledger.model.Hash;
import org.medseal.requests.AccessRequests;
import org.medseal.requests.AccessView;
import org.medseal.requests.ClearRecord;
import org.medseal.requests.Custody;
import org.medseal.requests.GrantedRecords;
import org.medseal.requests.InstitutionLedger.Submitted;
import org.medseal.requests.Purpose;
import org.medseal.requests.RequestState;
import org.medseal.users.Role;

/** Asking for records, deciding, opening. */
final class RequestCalls {
  private final AccessRequests requests;
  private final Custody custody;
  private final GrantedRecords granted;
  private final LookUpLimit limit;

  RequestCalls(
      AccessRequests requests, Custody custody, GrantedRecords granted, LookUpLimit limit) {
    this.requests = requests;
    this.custody = custody;
    this.granted = granted;
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
            new AccessRequests.Ask(records, purpose, body.text("justification")));
    exchange.note("id", submitted.id().hex());
    return submitted(201, submitted);
  }

  private Answer list(Exchange exchange) {
    AccessRequests.Page page =
        new AccessRequests.Page(
            exchange.queryOneOf("state", RequestState.class),
            exchange.limit(AccessRequests.MOST_LISTED),
            exchange.query("after").map(hex -> Exchange.hash("after", hex)));
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("requests");
    requests.list(exchange.session(), page).forEach(view -> all.add(request(view)));
    return Answer.json(answer);
  }

  private Answer find(Exchange exchange) {
    return Answer.json(request(requests.find(exchange.session(), exchange.hash("id"))));
  }

  private Answer approve(Exchange exchange) {
    Hash id = exchange.hash("id");
    String reply = exchange.body("reply").textOrEmpty("reply");
    return submitted(200, custody.approve(exchange.session(), id, reply));
  }

  private Answer reject(Exchange exchange) {
    Hash id = exchange.hash("id");
    String reply = exchange.body("reply").textOrEmpty("reply");
    return submitted(200, custody.reject(exchange.session(), id, reply));
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

  private static Answer document(ClearRecord record) {
    return Answer.streamed(record.mediaType(), record.content());
  }

  /** 202 when the block has not come yet: the transaction is on its way and stays valid. */
  static Answer submitted(int status, Submitted submitted) {
    return Answer.json(
        submitted.committed() ? status : 202, Json.object().put("id", submitted.id().hex()));
  }

  private static ObjectNode request(AccessView view) {
    ObjectNode node = Json.object();
    node.put("id", view.id().hex());
    node.put("state", view.state().name());
    node.put("purpose", view.purpose().name());
    ArrayNode txIds = node.putArray("txIds");
    view.records().forEach(id -> txIds.add(id.hex()));
    node.put("createdAt", view.createdAt().toString());
    node.put("institution", view.institution());
    node.put("requester", view.requester());
    node.put("justification", view.justification());
    view.reply().ifPresent(reply -> node.put("reply", reply));
    return node;
  }
}
