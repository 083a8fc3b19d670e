package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medseal.audit.AuditAction;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.model.Hash;
import org.medseal.requests.RecordSearch;
import org.medseal.users.Role;

/** Searching by patient identifier, a record's open facts, and whether it is a patient's. */
final class RecordCalls {
  private final Ledger ledger;
  private final RecordSearch search;
  private final LookUpLimit limit;

  RecordCalls(Ledger ledger, RecordSearch search, LookUpLimit limit) {
    this.ledger = ledger;
    this.search = search;
    this.limit = limit;
  }

  List<Call> calls() {
    Access people = Access.anyOf(Role.PHYSICIAN, Role.ADMIN);
    return List.of(
        new Call("GET", "/records", people, AuditAction.LOOK_UP, this::find),
        new Call("GET", "/records/{txId}", people, AuditAction.RECORD_READ, this::facts),
        new Call("POST", "/records/{txId}/verify", people, AuditAction.VERIFY, this::verify));
  }

  private Answer find(Exchange exchange) {
    takeLookUp(exchange, limit);
    PatientIdentifier identifier =
        identifier(
            exchange,
            search,
            exchange.query("authority").orElse(""),
            exchange.query("type").orElse(""),
            exchange.query("id").orElse(""));
    ObjectNode answer = Json.object();
    ArrayNode records = answer.putArray("records");
    for (RecordSearch.Hit hit : search.find(identifier)) {
      records
          .addObject()
          .put("txId", hit.id().hex())
          .put("height", hit.height())
          .put("format", hit.format().name())
          .put("month", hit.month().toString());
    }
    exchange.note("found", Integer.toString(records.size()));
    return Answer.json(answer);
  }

  private Answer facts(Exchange exchange) {
    Hash id = exchange.hash("txId");
    return Answer.json(RecordJson.find(ledger, id).orElseThrow(RecordCalls::unknown));
  }

  private Answer verify(Exchange exchange) {
    Hash id = exchange.hash("txId");
    takeLookUp(exchange, limit);
    JsonBody body = exchange.body("authority", "type", "id");
    PatientIdentifier identifier =
        identifier(
            exchange, search, body.text("authority"), body.textOrEmpty("type"), body.text("id"));
    boolean belongs = search.belongs(id, identifier);
    exchange.note("belongs", Boolean.toString(belongs));
    return Answer.json(Json.object().put("belongs", belongs));
  }

  /** In the audit by its keyed hash only. */
  static PatientIdentifier identifier(
      Exchange exchange, RecordSearch search, String authority, String type, String id) {
    PatientIdentifier identifier = search.identifier(authority, type, id);
    exchange.note("patient", search.auditHash(identifier));
    return identifier;
  }

  static void takeLookUp(Exchange exchange, LookUpLimit limit) {
    if (!limit.take(exchange.session().user().id())) {
      throw new ProblemException(
          Problem.tooMany("This user's look-ups are used up for now; go on more slowly."));
    }
  }

  private static ProblemException unknown() {
    return new ProblemException(Problem.notFound("There is no such record."));
  }
}
