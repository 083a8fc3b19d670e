package org.medseal.ledger.blob;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.medseal.ledger.engine.embedded.PeerMessage.ReceiptsMessage;
import org.medseal.ledger.engine.embedded.PeerMessage.SizedReceipt;
import org.medseal.ledger.engine.embedded.ReceiptPool.Taken;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.replica.ReceiptRules;

/** Who keeps a blob, as peers; and the own word for what is kept here. */
final class ReplicaPeers {
  private static final SecureRandom SHUFFLE = new SecureRandom();

  private final BlobSurroundings node;

  ReplicaPeers(BlobSurroundings node) {
    this.node = node;
  }

  private ReceiptRules rules() {
    return new ReceiptRules(node.validators(), node.genesis().parameters(), node.height() + 1);
  }

  List<Validator> replicas(Hash chunkRoot) {
    return rules().replicas(chunkRoot);
  }

  boolean isOwn(Hash chunkRoot) {
    return replicas(chunkRoot).stream()
        .anyMatch(each -> each.institution().equals(node.institution()));
  }

  /** Other replicas in any order, then everybody else who is there. */
  List<Integer> sources(Hash chunkRoot) {
    List<Integer> first = new ArrayList<>();
    for (Validator each : replicas(chunkRoot)) {
      node.peer(each.institution()).ifPresent(first::add);
    }
    Collections.shuffle(first, SHUFFLE);
    List<Integer> rest = new ArrayList<>(node.connected());
    rest.removeAll(first);
    first.addAll(rest);
    return first;
  }

  /**
   * Signs for a blob that is whole and durable here, and tells everybody; not before the newest
   * block is here, since whoever is behind does not know who the replicas are.
   */
  void vouch(Payload.Blob blob) {
    if (!node.isAtTip()) {
      return;
    }
    ReplicaReceipt receipt = sign(blob);
    take(new SizedReceipt(receipt, blob.sizeBytes()));
    ReceiptsMessage message =
        new ReceiptsMessage(List.of(new SizedReceipt(receipt, blob.sizeBytes())));
    node.connected().forEach(peer -> node.offer(peer, message));
  }

  private ReplicaReceipt sign(Payload.Blob blob) {
    Bytes key = node.validatorKey();
    long expiryHeight = rules().expiryHeight();
    byte[] signed =
        ReceiptRules.signBytes(
            node.genesis().chainId(), blob.chunkRoot(), blob.sizeBytes(), key, expiryHeight);
    return new ReplicaReceipt(blob.chunkRoot(), key, expiryHeight, Bytes.of(node.sign(signed)));
  }

  void take(SizedReceipt sized) {
    Taken taken = node.receipts().add(sized.receipt(), sized.sizeBytes(), rules());
    if (taken == Taken.NEW) {
      node.receiptsArrived();
    }
  }

  boolean hasVouched(Payload.Blob blob, Validator replica) {
    return node.receipts().isKnown(blob, replica.key(), rules());
  }

  boolean isEnough(Payload.Blob blob) {
    return node.receipts().isEnough(blob, rules());
  }
}
