package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.medseal.audit.AuditAction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerAudit;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Checkpoint;
import org.medseal.ledger.model.Validator;

/** Proof files, validators with their turns, and checkpoints; for people and this machine's CLI. */
final class LedgerAuditCalls {
  private static final String LOCAL = "/observe";

  private final Ledger ledger;

  LedgerAuditCalls(Ledger ledger) {
    this.ledger = ledger;
  }

  List<Call> calls() {
    return List.of(
        call("/ledger/proofs/{txId}", this::inclusion),
        call("/ledger/proofs", this::consistency),
        call("/ledger/validators", this::validators),
        call("/ledger/checkpoint", this::checkpoint),
        local("/ledger/proofs/{txId}", this::inclusion),
        local("/ledger/proofs", this::consistency),
        local("/ledger/validators", this::validators),
        local("/ledger/checkpoint", this::checkpoint));
  }

  private static Call call(String path, Call.Handling handling) {
    return new Call("GET", path, Access.loggedIn(), AuditAction.CALL, handling);
  }

  private static Call local(String path, Call.Handling handling) {
    return new Call("GET", LOCAL + path, Access.localOrLoggedIn(), AuditAction.CALL, handling);
  }

  private LedgerAudit audit() {
    return ledger.audit();
  }

  private Answer inclusion(Exchange exchange) {
    return file(audit().inclusionProof(exchange.hash("txId"), checkpointOf(exchange)));
  }

  private Answer consistency(Exchange exchange) {
    long from = exchange.queryNumber("from", 0);
    long to = exchange.queryNumber("to", 0);
    if (from < 1 || to < from) {
      throw new ProblemException(Problem.badRequest("Name two heights, 'from' not above 'to'."));
    }
    return file(audit().consistencyProof(from, to, checkpointOf(exchange)));
  }

  /** Height only: the reader compares the hash. */
  static OptionalLong checkpointOf(Exchange exchange) {
    long height = exchange.queryNumber("checkpoint", 0);
    return height == 0 ? OptionalLong.empty() : OptionalLong.of(height);
  }

  private static Answer file(Optional<Bytes> proof) {
    return Answer.content(
        Answer.JSON, proof.orElseThrow(() -> notFound("This node has no such proof.")).toArray());
  }

  private static ProblemException notFound(String detail) {
    return new ProblemException(Problem.notFound(detail));
  }

  private Answer checkpoint(Exchange exchange) {
    long height = exchange.queryNumber("height", ledger.view().height());
    Checkpoint checkpoint =
        audit().checkpoint(height).orElseThrow(() -> notFound("There is no such block."));
    return Answer.json(
        Json.object()
            .put("height", checkpoint.height())
            .put("blockId", checkpoint.blockId().hex())
            .put("checkpoint", checkpoint.toString()));
  }

  /**
   * Of the named height, else of the last and the next; as the node keeps them, never played again:
   * that takes as long as the chain is, and is what {@code ledger validators --recompute} is for.
   */
  private Answer validators(Exchange exchange) {
    ObjectNode node = Json.object();
    node.put("totalStake", ledger.view().validators().totalStake());
    ArrayNode all = node.putArray("validators");
    for (Validator validator : ledger.view().validators().validators()) {
      all.addObject()
          .put("index", validator.index())
          .put("institution", validator.institution())
          .put("stake", validator.stake())
          .put("key", validator.key().hex());
    }
    long newest = ledger.view().height();
    long named = exchange.queryNumber("height", 0);
    ArrayNode shown = node.putArray("turns");
    LongStream heights = named > 0 ? LongStream.of(named) : LongStream.of(newest, newest + 1);
    heights.forEach(height -> audit().turn(height).ifPresent(turn -> shown.add(TurnJson.of(turn))));
    if (named > 0 && shown.isEmpty()) {
      throw notFound("There is no such height yet.");
    }
    return Answer.json(node);
  }
}
