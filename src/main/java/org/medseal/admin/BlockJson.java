package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.ProposerTurn;
import org.medseal.ledger.codec.Blocks;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Block;
import org.medseal.ledger.model.BlockHeader;
import org.medseal.ledger.model.Evidence;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.Transaction;

/** Blocks and transactions as JSON: what stands in the open, nothing of what is sealed. */
final class BlockJson {
  private BlockJson() {}

  /** Without its transactions. */
  static ObjectNode head(Block block, Optional<ProposerTurn> turn) {
    BlockHeader header = block.header();
    ObjectNode node = Json.object();
    node.put("height", header.height());
    node.put("id", Blocks.id(header).hex());
    node.put("time", Instant.ofEpochMilli(header.timeMs()).toString());
    node.put("proposer", header.proposer());
    turn.flatMap(ProposerTurn::decided)
        .ifPresent(
            decided -> node.put("proposerName", decided.proposer()).put("round", decided.round()));
    node.put("transactionCount", block.transactions().size());
    node.put("evidence", block.evidence().size());
    return node;
  }

  static ObjectNode whole(Block block, Optional<ProposerTurn> turn) {
    BlockHeader header = block.header();
    ObjectNode node = head(block, turn);
    node.put("parent", header.parent().hex());
    node.put("transactionRoot", header.transactionRoot().hex());
    node.put("stateRoot", header.stateRoot().hex());
    node.put("validatorsHash", header.validatorsHash().hex());
    turn.ifPresent(each -> node.set("votes", votes(each)));
    ArrayNode offences = node.putArray("offences");
    block.evidence().forEach(each -> offences.add(offence(each)));
    ArrayNode transactions = node.putArray("transactions");
    block.transactions().forEach(each -> transactions.add(transaction(each)));
    return node;
  }

  /** Of everybody in the set of that height: whether the certificate has the precommit. */
  private static ArrayNode votes(ProposerTurn turn) {
    ArrayNode votes = Json.array();
    turn.decided()
        .ifPresent(
            decided ->
                turn.contenders()
                    .forEach(
                        each ->
                            votes
                                .addObject()
                                .put("institution", each.institution())
                                .put("stake", each.stake())
                                .put("signed", decided.signers().contains(each.institution()))));
    return votes;
  }

  private static ObjectNode offence(Evidence evidence) {
    return Json.object()
        .put(
            "kind",
            evidence instanceof Evidence.DuplicateVote ? "DUPLICATE_VOTE" : "DUPLICATE_PROPOSAL")
        .put("height", evidence.height())
        .put("validator", evidence.validator());
  }

  private static ObjectNode transaction(IdentifiedTransaction identified) {
    return transaction(identified.transaction(), identified.encoded().length())
        .put("txId", identified.id().hex());
  }

  static ObjectNode committed(CommittedTransaction found) {
    Transaction transaction = found.transaction();
    ObjectNode node = transaction(transaction, Transactions.encode(transaction).length);
    node.put("txId", found.id().hex());
    node.put("height", found.height()).put("index", found.index());
    node.put("blockTime", Instant.ofEpochMilli(found.blockTimeMs()).toString());
    node.put("expiryHeight", transaction.expiryHeight());
    if (transaction instanceof RecordTransaction record) {
      node.put("epoch", record.core().epoch());
      node.put("custodianSet", record.witness().header().custodianSetVersion());
    }
    return node;
  }

  private static ObjectNode transaction(Transaction transaction, int sizeBytes) {
    ObjectNode node = Json.object();
    if (transaction instanceof RecordTransaction record) {
      node.put("kind", "Record").put("format", record.core().format().name());
    } else if (transaction instanceof InstitutionTransaction signed) {
      node.put("kind", signed.action().getClass().getSimpleName());
      node.put("institution", signed.institution());
    }
    return node.put("sizeBytes", sizeBytes);
  }
}
