package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.medseal.audit.AuditAction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.engine.EngineStatus;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.Transaction;

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
        new Call("GET", "/ledger/blocks/{h}", any, AuditAction.CALL, this::block),
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

  private Answer block(Exchange exchange) {
    Block block =
        ledger
            .block(exchange.number("h"))
            .orElseThrow(() -> new ProblemException(Problem.notFound("There is no such block.")));
    BlockHeader header = block.header();
    ObjectNode node = Json.object();
    node.put("height", header.height());
    node.put("id", Blocks.id(header).hex());
    node.put("time", Instant.ofEpochMilli(header.timeMs()).toString());
    node.put("parent", header.parent().hex());
    node.put("transactionRoot", header.transactionRoot().hex());
    node.put("stateRoot", header.stateRoot().hex());
    node.put("validatorsHash", header.validatorsHash().hex());
    node.put("proposer", header.proposer());
    node.put("evidence", block.evidence().size());
    ArrayNode transactions = node.putArray("transactions");
    block.transactions().forEach(each -> transactions.add(transaction(each)));
    return Answer.json(node);
  }

  private static ObjectNode transaction(IdentifiedTransaction identified) {
    ObjectNode node = Json.object();
    node.put("txId", identified.id().hex());
    Transaction transaction = identified.transaction();
    if (transaction instanceof RecordTransaction record) {
      node.put("kind", "Record").put("format", record.core().format().name());
    } else if (transaction instanceof InstitutionTransaction signed) {
      node.put("kind", signed.action().getClass().getSimpleName());
      node.put("institution", signed.institution());
    }
    node.put("sizeBytes", identified.encoded().length());
    return node;
  }

  static long connected(EngineStatus engine) {
    return engine.peers().stream().filter(EngineStatus.Peer::connected).count();
  }
}
