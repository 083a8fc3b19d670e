package org.medseal.ledger.blob;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobMessage;
import org.medseal.ledger.engine.embedded.ReceiptPool;
import org.medseal.ledger.engine.embedded.StemSuccessor;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.ValidatorSet;

/** The node around the chunks: ledger, peers by number, key. From any thread; nothing blocks. */
public interface BlobSurroundings {
  Genesis genesis();

  String institution();

  /** Of the newest block. */
  long height();

  /** As of the newest block. */
  ValidatorSet validators();

  /** Whether the newest block here is the ledger's newest, by what the others claim. */
  boolean isAtTip();

  /** Institutions admitted so far. */
  int institutions();

  /** Never goes back; says nothing of the time of day. */
  long monotonicMs();

  RandomGenerator random();

  /** Of this node's validator, 32 bytes. */
  Bytes validatorKey();

  /** With the validator's key; 64 bytes. */
  byte[] sign(byte[] message);

  /** Empty for this node itself and for institutions it does not know. */
  OptionalInt peer(String institution);

  List<Integer> connected();

  /** False if it cannot be sent now. */
  boolean offer(int peer, BlobMessage message);

  /** Whether another chunk may be queued for this peer. */
  boolean hasRoom(int peer);

  StemSuccessor successor();

  ReceiptPool receipts();

  /** Of the disk, left to this node's own ledger and intake; empty for the usual part. */
  default OptionalLong diskReserveBytes() {
    return OptionalLong.empty();
  }

  /** A receipt was added to the pool. */
  void receiptsArrived();

  /** An error after which the node must not go on. */
  void failed(Error cause);

  /** Blobs that the records of a committed block name. */
  List<Payload.Blob> blobsAt(long height);
}
