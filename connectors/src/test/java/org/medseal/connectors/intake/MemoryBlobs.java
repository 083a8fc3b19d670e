package org.medseal.connectors.intake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.medseal.crypto.Digests;
import org.medseal.ledger.api.BlobSink;
import org.medseal.ledger.api.BlobStatus;
import org.medseal.ledger.api.Blobs;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Payload;

/** Blobs in memory, under their plain hash. */
public final class MemoryBlobs implements Blobs {
  private final Map<Hash, byte[]> blobs = new ConcurrentHashMap<>();

  public int size() {
    return blobs.size();
  }

  @Override
  public BlobSink create() {
    return new Sink();
  }

  @Override
  public InputStream open(Payload.Blob blob) {
    return new ByteArrayInputStream(blobs.get(blob.chunkRoot()));
  }

  @Override
  public BlobStatus status() {
    return BlobStatus.NONE;
  }

  private final class Sink extends BlobSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Hash root = Hash.ZERO;

    @Override
    public void write(int b) {
      bytes.write(b);
    }

    @Override
    public Payload.Blob finish() {
      byte[] all = bytes.toByteArray();
      root = Hash.of(Digests.sha256(all));
      blobs.put(root, all);
      return new Payload.Blob(root, all.length, Payload.Blob.chunks(all.length));
    }

    @Override
    public void discard() {
      blobs.remove(root);
    }
  }
}
