package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.medseal.audit.AuditAction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.engine.EngineStatus;

/** What the node's copy of the ledger and its engine say of themselves. */
final class LedgerCalls {
  private final Ledger ledger;

  LedgerCalls(Ledger ledger) {
    this.ledger = ledger;
  }

  List<Call> calls() {
    Access any = Access.loggedIn();
    return List.of(
        new Call("GET", "/ledger/status", any, AuditAction.CALL, this::status),
        new Call("GET", "/ledger/consensus", any, AuditAction.CALL, this::consensus),
        new Call(
            "GET", "/observe/ledger", Access.localOrLoggedIn(), AuditAction.CALL, this::observed));
  }

  /** Both of them, for this machine's command line and monitoring. */
  private Answer observed(Exchange exchange) {
    ObjectNode node = status();
    node.set("consensus", consensus());
    return Answer.json(node);
  }

  private Answer status(Exchange exchange) {
    return Answer.json(status());
  }

  private ObjectNode status() {
    EngineStatus engine = ledger.status();
    LedgerView view = ledger.view();
    ObjectNode node = Json.object();
    node.put("chainId", ledger.genesis().chainId());
    node.put("institution", ledger.institution());
    node.put("height", view.height());
    node.put("blockId", engine.blockId().hex());
    node.put("blockTime", Instant.ofEpochMilli(view.timeMs()).toString());
    node.put("stateRoot", view.stateRoot().hex());
    node.put("epoch", view.epoch());
    node.put("membersInEpoch", view.membersInEpoch());
    int smallest = ledger.genesis().parameters().smallestAnonymitySet();
    node.put("anonymous", smallest > 0 && view.membersInEpoch() >= smallest);
    node.put("custodianSet", view.custodians().version());
    node.put("pending", engine.pending());
    node.put("connectedPeers", connected(engine));
    ledger.audit().disk().ifPresent(disk -> node.set("disk", StatusJson.disk(disk)));
    node.set("blobs", StatusJson.blobs(ledger.blobs().status()));
    return node;
  }

  private Answer consensus(Exchange exchange) {
    return Answer.json(consensus());
  }

  private ObjectNode consensus() {
    return StatusJson.consensus(ledger.status());
  }

  static long connected(EngineStatus engine) {
    return engine.peers().stream().filter(EngineStatus.Peer::connected).count();
  }
}
