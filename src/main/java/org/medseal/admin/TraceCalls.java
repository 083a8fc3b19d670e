package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medseal.audit.AuditAction;
import org.medseal.ledger.model.Hash;
import org.medseal.tracing.TraceFinding;
import org.medseal.tracing.TraceProof;
import org.medseal.tracing.TraceProofFile;
import org.medseal.tracing.TraceState;
import org.medseal.tracing.TraceView;
import org.medseal.tracing.Traces;
import org.medseal.users.Role;

/** Tracing: ask, approve, read. */
final class TraceCalls {
  private static final int PAGE = 100;

  private final Traces traces;

  TraceCalls(Traces traces) {
    this.traces = traces;
  }

  List<Call> calls() {
    Access admin = Access.anyOf(Role.ADMIN);
    return List.of(
        new Call("POST", "/traces", admin, AuditAction.TRACE, this::ask),
        new Call("POST", "/traces/{id}/approve", admin, AuditAction.TRACE_APPROVE, this::approve),
        new Call("GET", "/traces", admin, AuditAction.TRACES_READ, this::list),
        new Call("GET", "/traces/{id}", admin, AuditAction.TRACE_READ, this::find),
        new Call("GET", "/traces/{id}/proof", admin, AuditAction.TRACE_PROOF, this::proof));
  }

  private Answer ask(Exchange exchange) {
    JsonBody body = exchange.body("txId", "justification");
    Hash record = Exchange.hash("txId", body.text("txId"));
    exchange.note("txId", record.hex());
    var submitted =
        traces.ask(exchange.session(), record, body.text("justification"), exchange.intention());
    exchange.note("id", submitted.id().hex());
    return RequestCalls.submitted(201, submitted);
  }

  private Answer approve(Exchange exchange) {
    Hash id = exchange.hash("id");
    Traces.Approved approved = traces.approve(exchange.session(), id, exchange.intention());
    boolean sent = approved.submitted().isPresent();
    boolean waits = sent && !approved.submitted().get().committed();
    return Answer.json(
        waits ? 202 : 200,
        Json.object()
            .put("id", id.hex())
            .put("approvalsHere", approved.usersHere())
            .put("approvedByInstitution", sent));
  }

  private Answer find(Exchange exchange) {
    return Answer.json(trace(traces.find(exchange.hash("id")), true));
  }

  private Answer list(Exchange exchange) {
    Traces.Page page =
        new Traces.Page(
            exchange.queryOneOf("state", TraceState.class),
            exchange.limit(PAGE),
            exchange.query("after").map(hex -> Exchange.hash("after", hex)));
    ObjectNode node = Json.object();
    ArrayNode all = node.putArray("traces");
    traces.list(page).forEach(view -> all.add(trace(view, false)));
    return Answer.json(node);
  }

  private Answer proof(Exchange exchange) {
    TraceProofFile file =
        traces.proof(exchange.hash("id"), LedgerAuditCalls.checkpointOf(exchange));
    return Answer.content(Answer.JSON, file.encoded());
  }

  private static ObjectNode trace(TraceView view, boolean withProof) {
    ObjectNode node = Json.object();
    node.put("id", view.id().hex());
    node.put("state", view.state().name());
    node.put("txId", view.record().hex());
    node.put("createdAt", view.createdAt().toString());
    node.put("institution", view.institution());
    node.put("justification", view.justification());
    ArrayNode approvals = node.putArray("approvals");
    view.approvals().forEach(approvals::add);
    node.put("approvalsHere", view.approvalsHere());
    view.finding()
        .ifPresent(
            finding -> {
              TraceFinding proof = finding.proof();
              ObjectNode result = node.putObject("result");
              if (proof instanceof TraceProof named) {
                result.put("institution", named.named().institution());
              }
              result.put("judged", finding.judged());
              if (withProof) {
                result.set("proof", Json.MAPPER.valueToTree(proof));
              }
            });
    return node;
  }
}
