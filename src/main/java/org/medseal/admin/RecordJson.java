package org.medseal.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.medseal.ledger.api.CommittedTransaction;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordTransaction;

/** What stands open on the ledger about a record. */
final class RecordJson {
  private RecordJson() {}

  /** Empty for what is no committed record. */
  static Optional<ObjectNode> find(Ledger ledger, Hash id) {
    return ledger
        .find(id)
        .filter(committed -> committed.transaction() instanceof RecordTransaction)
        .map(committed -> of(committed, (RecordTransaction) committed.transaction()));
  }

  private static ObjectNode of(CommittedTransaction committed, RecordTransaction record) {
    ObjectNode node = Json.object();
    node.put("txId", committed.id().hex());
    node.put("height", committed.height());
    node.put("index", committed.index());
    node.put("committedAt", Instant.ofEpochMilli(committed.blockTimeMs()).toString());
    node.put("format", record.core().format().name());
    node.put("epoch", record.core().epoch());
    node.put("custodianSet", record.witness().header().custodianSetVersion());
    node.put("keyCommitment", record.core().keyCommitment().hex());
    if (record.witness().payload() instanceof Payload.Inline inline) {
      node.put("sealedBytes", inline.ciphertext().length());
    } else if (record.witness().payload() instanceof Payload.Blob blob) {
      node.put("sealedBytes", blob.sizeBytes());
      node.put("chunks", blob.chunkCount());
      node.put("chunkRoot", blob.chunkRoot().hex());
    }
    return node;
  }
}
