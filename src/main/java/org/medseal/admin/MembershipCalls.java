package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.LongFunction;
import org.medseal.audit.AuditAction;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.genesis.InstitutionShape;
import org.medseal.ledger.genesis.TlsProofs;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.TlsProof;
import org.medseal.requests.InstitutionLedger;
import org.medseal.users.Role;

/** Stake and membership: what stands, what is put to the consortium, and the own part in it. */
final class MembershipCalls {
  private static final String HEX_KEY = "[0-9a-f]{64}";
  private static final String HEX_POINT = "04[0-9a-f]{128}";
  private static final String HEX_SIGNATURE = "[0-9a-f]{128}";

  private final InstitutionLedger acting;

  MembershipCalls(InstitutionLedger acting) {
    this.acting = acting;
  }

  List<Call> calls() {
    Access any = Access.loggedIn();
    return List.of(
        new Call("GET", "/ledger/stakes", any, AuditAction.CALL, this::stakes),
        new Call("GET", "/ledger/governance", any, AuditAction.CALL, this::governance),
        admin("/ledger/governance", AuditAction.GOVERNANCE_PROPOSE, this::propose),
        admin("/ledger/governance/{id}/vote", AuditAction.GOVERNANCE_VOTE, this::vote),
        admin(
            "/ledger/stake/bond", AuditAction.STAKE, exchange -> units(exchange, Action.Bond::new)),
        admin(
            "/ledger/stake/unbond",
            AuditAction.STAKE,
            exchange -> units(exchange, Action.Unbond::new)),
        admin("/ledger/stake/unjail", AuditAction.STAKE, this::unjail),
        admin("/ledger/validator-key", AuditAction.STAKE, this::rotate),
        admin("/ledger/node-move", AuditAction.STAKE, this::move));
  }

  private static Call admin(String path, AuditAction audited, Call.Handling handler) {
    return new Call("POST", path, Access.anyOf(Role.ADMIN), audited, handler);
  }

  private Answer stakes(Exchange exchange) {
    LedgerView view = acting.ledger().view();
    ObjectNode node = Json.object();
    node.put("height", view.height());
    node.put("totalVotes", view.validators().totalStake());
    node.set("rules", MembershipJson.rules(view.parameters()));
    ArrayNode stakes = node.putArray("stakes");
    view.stakes().forEach(each -> stakes.add(MembershipJson.stake(each)));
    return Answer.json(node);
  }

  private Answer governance(Exchange exchange) {
    ObjectNode node = Json.object();
    ArrayNode proposals = node.putArray("proposals");
    acting.ledger().view().governance().forEach(each -> proposals.add(MembershipJson.of(each)));
    return Answer.json(node);
  }

  private Answer propose(Exchange exchange) {
    var submitted =
        acting.submit(
            new Action.GovernanceProposal(
                ChangeBody.read(exchange, acting.ledger().view().parameters())),
            exchange.intention());
    exchange.note("id", submitted.id().hex());
    return RequestCalls.submitted(201, submitted);
  }

  private Answer vote(Exchange exchange) {
    Hash proposal = exchange.hash("id");
    String vote = exchange.body("vote").text("vote");
    if (!vote.equals("APPROVE") && !vote.equals("REJECT")) {
      throw refused("'vote' is APPROVE or REJECT.");
    }
    exchange.note("vote", vote);
    return submit(exchange, new Action.GovernanceVote(proposal, vote.equals("APPROVE")));
  }

  private Answer units(Exchange exchange, LongFunction<Action> action) {
    long units = exchange.body("units").number("units");
    exchange.note("units", Long.toString(units));
    return submit(exchange, action.apply(units));
  }

  private Answer unjail(Exchange exchange) {
    exchange.bodyIfAny();
    return submit(exchange, new Action.Unjail());
  }

  private Answer rotate(Exchange exchange) {
    JsonBody body = exchange.body("key", "proof");
    String key = body.text("key");
    String proof = body.text("proof");
    if (!key.matches(HEX_KEY) || !proof.matches(HEX_SIGNATURE)) {
      throw refused("'key' is 64 and 'proof' 128 hexadecimal digits.");
    }
    exchange.note("key", key);
    return submit(exchange, new Action.KeyRotate(Bytes.fromHex(key), Bytes.fromHex(proof)));
  }

  private Answer move(Exchange exchange) {
    JsonBody body = exchange.body("peerAddress", "tlsKey", "proof");
    String address = body.text("peerAddress");
    String key = body.text("tlsKey");
    String proof = body.text("proof");
    if (!InstitutionShape.isAddress(address)) {
      throw refused("'peerAddress' is host:port.");
    }
    if (!key.matches(HEX_POINT) || !proof.matches(HEX_SIGNATURE)) {
      throw refused("'tlsKey' is 130 and 'proof' 128 hexadecimal digits.");
    }
    TlsProof tls = new TlsProof(Bytes.fromHex(key), Bytes.fromHex(proof));
    Hash pin = TlsProofs.pin(tls.key());
    exchange.note("pin", pin.hex());
    return submit(exchange, new Action.NodeMove(pin, address, tls));
  }

  private Answer submit(Exchange exchange, Action action) {
    return RequestCalls.submitted(200, acting.submit(action, exchange.intention()));
  }

  private static ProblemException refused(String detail) {
    return new ProblemException(Problem.badRequest(detail));
  }
}
