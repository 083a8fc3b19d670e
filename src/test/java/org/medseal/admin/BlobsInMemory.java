package org.medseal.admin;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.medseal.crypto.Digests;
import org.medseal.ledger.api.BlobException;
import org.medseal.ledger.api.BlobException.Reason;
import org.medseal.ledger.api.BlobSink;
import org.medseal.ledger.api.BlobStatus;
import org.medseal.ledger.api.Blobs;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/** What replicas would keep, under its plain hash, until they lose it. */
final class BlobsInMemory implements Blobs {
  private final Map<Hash, byte[]> kept = new ConcurrentHashMap<>();

  Payload.Blob keep(byte[] ciphertext) {
    Hash root = Hash.of(Digests.sha256(ciphertext));
    kept.put(root, ciphertext.clone());
    return new Payload.Blob(root, ciphertext.length, Payload.Blob.chunks(ciphertext.length));
  }

  void lose() {
    kept.clear();
  }

  /** One bit of everything, near its end. */
  void damage() {
    kept.values().forEach(each -> each[each.length - 20] ^= 1);
  }

  @Override
  public BlobSink create() {
    throw new UnsupportedOperationException("records are sealed by the test");
  }

  @Override
  public InputStream open(Payload.Blob blob) {
    byte[] ciphertext = kept.get(blob.chunkRoot());
    if (ciphertext == null) {
      throw new BlobException(Reason.UNAVAILABLE, "no replica gives it");
    }
    return new ByteArrayInputStream(ciphertext);
  }

  @Override
  public BlobStatus status() {
    return BlobStatus.NONE;
  }
}
