package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.medseal.audit.AuditAction;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.model.Block;

/** Blocks and transactions of the node's copy. */
final class BlockCalls {
  private static final int PAGE = 20;
  private static final int LONGEST_PAGE = 100;

  private final Ledger ledger;

  BlockCalls(Ledger ledger) {
    this.ledger = ledger;
  }

  List<Call> calls() {
    Access any = Access.loggedIn();
    return List.of(
        new Call("GET", "/ledger/blocks", any, AuditAction.CALL, this::blocks),
        new Call("GET", "/ledger/blocks/{h}", any, AuditAction.CALL, this::block),
        new Call("GET", "/ledger/transactions/{txId}", any, AuditAction.CALL, this::transaction));
  }

  /** Newest first; those not held here yet are left out. */
  private Answer blocks(Exchange exchange) {
    long newest = ledger.view().height();
    int limit = exchange.limit(PAGE);
    if (limit > LONGEST_PAGE) {
      throw Exchange.refused("'limit' is 1 to " + LONGEST_PAGE + ".");
    }
    long from = Math.min(newest, exchange.queryNumber("before", newest + 1) - 1);
    ObjectNode node = Json.object().put("newest", newest);
    ArrayNode all = node.putArray("blocks");
    for (long height = from; height > Math.max(0, from - limit); height--) {
      ledger
          .block(height)
          .ifPresent(
              each -> all.add(BlockJson.head(each, ledger.audit().turn(each.header().height()))));
    }
    return Answer.json(node);
  }

  private Answer block(Exchange exchange) {
    long height = exchange.number("h");
    Optional<Block> block = ledger.block(height);
    return Answer.json(
        BlockJson.whole(
            block.orElseThrow(() -> notFound("There is no such block.")),
            ledger.audit().turn(height)));
  }

  private Answer transaction(Exchange exchange) {
    Optional<CommittedTransaction> found = ledger.find(exchange.hash("txId"));
    return Answer.json(
        BlockJson.committed(
            found.orElseThrow(() -> notFound("There is no such transaction in a block."))));
  }

  private static ProblemException notFound(String detail) {
    return new ProblemException(Problem.notFound(detail));
  }
}
