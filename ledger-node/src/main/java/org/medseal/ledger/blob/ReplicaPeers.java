package org.medseal.ledger.blob;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
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
  private final BlobSurroundings node;

  ReplicaPeers(BlobSurroundings node) {
    this.node = node;
  }

  private ReceiptRules rules() {
    return new ReceiptRules(node.validators(), node.genesis().parameters().blobs());
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
    Collections.shuffle(first, new Random());
    List<Integer> rest = new ArrayList<>(node.connected());
    rest.removeAll(first);
    first.addAll(rest);
    return first;
  }

  /** Signs for a blob that is whole and durable here, and tells everybody. */
  void vouch(Payload.Blob blob) {
    byte[] signed =
        ReceiptRules.signBytes(node.genesis().chainId(), blob.chunkRoot(), blob.sizeBytes());
    ReplicaReceipt receipt =
        new ReplicaReceipt(blob.chunkRoot(), node.validatorKey(), Bytes.of(node.sign(signed)));
    take(new SizedReceipt(receipt, blob.sizeBytes()));
    ReceiptsMessage message =
        new ReceiptsMessage(List.of(new SizedReceipt(receipt, blob.sizeBytes())));
    node.connected().forEach(peer -> node.offer(peer, message));
  }

  void take(SizedReceipt sized) {
    Taken taken = node.receipts().add(sized.receipt(), sized.sizeBytes(), node.validators());
    if (taken == Taken.NEW) {
      node.receiptsArrived();
    }
  }

  boolean hasVouched(Payload.Blob blob, Validator replica) {
    return node.receipts().isKnown(blob, replica.key());
  }

  boolean isEnough(Payload.Blob blob) {
    return node.receipts().isEnough(blob, node.validators());
  }
}
