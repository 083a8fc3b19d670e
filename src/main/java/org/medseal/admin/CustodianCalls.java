package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.medseal.audit.AuditAction;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.requests.InstitutionLedger;
import org.medseal.requests.InstitutionLedger.Submitted;
import org.medseal.users.Role;

/**
 * Whose keys open records: what stands, and what is to change. A key more and somebody else's key
 * less are put to the vote; an own key is given back at once.
 */
final class CustodianCalls {
  private static final String POINT = "04[0-9a-f]{128}";
  private static final String FINGERPRINT = "[0-9a-f]{64}";
  private static final String PROOF = "[0-9a-f]{128}";

  private final InstitutionLedger acting;

  CustodianCalls(InstitutionLedger acting) {
    this.acting = acting;
  }

  List<Call> calls() {
    return List.of(
        new Call("GET", "/custodians", Access.loggedIn(), AuditAction.CALL, this::custodians),
        new Call(
            "POST", "/custodians", Access.anyOf(Role.ADMIN), AuditAction.CUSTODIANS, this::change));
  }

  private Answer custodians(Exchange exchange) {
    LedgerView view = acting.ledger().view();
    ObjectNode node = Json.object();
    node.put("version", view.custodians().version());
    ArrayNode sets = node.putArray("sets");
    for (LedgerView.CustodianTerm term : view.custodianTerms()) {
      ObjectNode set = sets.addObject();
      set.put("version", term.custodians().version()).put("fromHeight", term.fromHeight());
      ArrayNode keys = set.putArray("keys");
      term.custodians()
          .keys()
          .forEach(
              key ->
                  keys.addObject()
                      .put("institution", key.institution())
                      .put("key", key.sm2Point().hex())
                      .put("fingerprint", MembershipJson.fingerprint(key.sm2Point())));
    }
    return Answer.json(node);
  }

  private Answer change(Exchange exchange) {
    JsonBody body = exchange.body("add", "proof", "remove");
    if (body.has("add") == body.has("remove")) {
      throw Exchange.refused("The body has 'add' with 'proof', or 'remove'.");
    }
    return body.has("add") ? add(exchange, body) : remove(exchange, body.text("remove"));
  }

  private Answer add(Exchange exchange, JsonBody body) {
    String key = body.text("add");
    String proof = body.text("proof");
    if (!key.matches(POINT) || !proof.matches(PROOF)) {
      throw Exchange.refused("'add' is 130 and 'proof' 128 hexadecimal digits.");
    }
    CustodianKey added = new CustodianKey(acting.ledger().institution(), Bytes.fromHex(key));
    exchange.note("add", MembershipJson.fingerprint(added.sm2Point()));
    return proposed(exchange, new MembershipChange.CustodianAddition(added, Bytes.fromHex(proof)));
  }

  private Answer remove(Exchange exchange, String named) {
    CustodianSet present = acting.ledger().view().custodians();
    CustodianKey key =
        present.keys().stream()
            .filter(each -> isNamed(each, named))
            .findFirst()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.notFound("The present custodian set has no such key.")));
    exchange.note("remove", MembershipJson.fingerprint(key.sm2Point()));
    if (present.keys().size() < 2) {
      throw new ProblemException(
          Problem.conflict("last-custodian", "The last custodian key stays until another is in."));
    }
    if (!key.institution().equals(acting.ledger().institution())) {
      return proposed(exchange, new MembershipChange.CustodianRemoval(key.sm2Point()));
    }
    List<CustodianKey> left = present.keys().stream().filter(each -> !each.equals(key)).toList();
    CustodianSet next = new CustodianSet(present.version() + 1, left);
    return answer(
        exchange,
        "CHANGE",
        acting.submit(new Action.CustodianSetChange(next), exchange.intention()));
  }

  private static boolean isNamed(CustodianKey key, String named) {
    return named.matches(FINGERPRINT)
        ? MembershipJson.fingerprint(key.sm2Point()).equals(named)
        : key.sm2Point().hex().equals(named);
  }

  private Answer proposed(Exchange exchange, MembershipChange change) {
    Action proposal = new Action.GovernanceProposal(change);
    return answer(exchange, "PROPOSAL", acting.submit(proposal, exchange.intention()));
  }

  private static Answer answer(Exchange exchange, String kind, Submitted submitted) {
    exchange.note("id", submitted.id().hex());
    return Answer.json(
        submitted.committed() ? 201 : 202,
        Json.object().put("id", submitted.id().hex()).put("kind", kind));
  }
}
