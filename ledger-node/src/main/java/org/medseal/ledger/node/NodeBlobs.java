package org.medseal.ledger.node;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.medseal.ledger.app.LedgerApplication;
import org.medseal.ledger.blob.BlobSurroundings;
import org.medseal.ledger.engine.embedded.EmbeddedEngineCore;
import org.medseal.ledger.engine.embedded.PeerMessage.BlobMessage;
import org.medseal.ledger.engine.embedded.ReceiptPool;
import org.medseal.ledger.engine.embedded.StemSuccessor;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.Validator;
import org.medseal.ledger.model.ValidatorSet;
import org.medseal.ledger.net.PeerNetwork;
import org.medseal.ledger.replica.ReceiptRules;
import org.medseal.ledger.store.LedgerFiles;

/** The chunks' outside: this machine. */
record NodeBlobs(
    NodeSettings settings,
    NodeKeys keys,
    LedgerFiles files,
    LedgerApplication application,
    PeerNetwork network,
    Engine engine,
    StemSuccessor successor)
    implements BlobSurroundings {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The engine and its thread. */
  record Engine(EngineThread thread, EmbeddedEngineCore core) {}

  @Override
  public Genesis genesis() {
    return settings.genesis();
  }

  @Override
  public String institution() {
    return settings.institution();
  }

  @Override
  public long height() {
    return application.info().height();
  }

  @Override
  public ValidatorSet validators() {
    return application.view().validators();
  }

  @Override
  public boolean isAtTip() {
    return engine.core().isAtTip();
  }

  @Override
  public int institutions() {
    return application.registered().size();
  }

  @Override
  public long monotonicMs() {
    return EngineThread.monotonicMs();
  }

  @Override
  public RandomGenerator random() {
    return RANDOM;
  }

  @Override
  public Bytes validatorKey() {
    return validators().validators().stream()
        .filter(each -> each.institution().equals(institution()))
        .map(Validator::key)
        .filter(keys.signer()::holds)
        .findFirst()
        .orElseGet(() -> Bytes.of(keys.validator().publicKey().bytes()));
  }

  @Override
  public byte[] sign(byte[] message) {
    return keys.signer().sign(validatorKey(), message);
  }

  @Override
  public OptionalInt peer(String institution) {
    List<Institution> all = application.registered();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name().equals(institution) && !institution.equals(institution())) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  @Override
  public List<Integer> connected() {
    List<Integer> connected = new ArrayList<>();
    for (int i = 0; i < application.registered().size(); i++) {
      if (network.isConnected(i)) {
        connected.add(i);
      }
    }
    return connected;
  }

  @Override
  public boolean offer(int peer, BlobMessage message) {
    return network.offer(peer, message);
  }

  @Override
  public boolean hasRoom(int peer) {
    return network.hasChunkRoom(peer);
  }

  @Override
  public ReceiptPool receipts() {
    return engine.core().receipts();
  }

  @Override
  public OptionalLong diskReserveBytes() {
    return settings.tuning().diskReserveBytes();
  }

  @Override
  public void receiptsArrived() {
    engine.thread().execute(engine.core()::receiptsArrived);
  }

  @Override
  public void failed(Error cause) {
    engine.thread().fail(cause);
  }

  @Override
  public List<Payload.Blob> blobsAt(long height) {
    return files
        .blocks()
        .block(height)
        .map(stored -> blobs(stored.block().transactions()))
        .orElseGet(List::of);
  }

  static List<Payload.Blob> blobs(List<IdentifiedTransaction> transactions) {
    return transactions.stream()
        .flatMap(each -> ReceiptRules.blob(each).stream())
        .distinct()
        .toList();
  }
}
