package org.medseal.connectors.seal;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import org.medseal.connectors.record.RecordHead;
import org.medseal.connectors.record.RecordWriter;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;
import org.medseal.ledger.api.BlobSink;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Payload;

/**
 * Encrypts a document into the payload of its record: in the block up to the inline limit, above it
 * in chunks that go to the disk as they are made and are durable when this is done.
 */
final class PayloadSealing {
  private final Ledger ledger;
  private final SecureRandom random;

  PayloadSealing(Ledger ledger, SecureRandom random) {
    this.ledger = ledger;
    this.random = random;
  }

  /** A payload, and how to forget it when its record comes to nothing. */
  record Sealed(Payload payload, Runnable discard) {}

  /** SealException TOO_LARGE above what the ledger takes. */
  Sealed seal(SecretBytes dataKey, byte[] header, RecordHead head, RecordSource source) {
    long most = ledger.genesis().parameters().blobs().largestBytes();
    if (source.sizeBytes() > most) {
      throw tooLarge(source.sizeBytes(), most);
    }
    try {
      if (source.sizeBytes() < ledger.genesis().parameters().inlineLimitBytes()) {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        write(dataKey, header, head, source, sealed);
        return inMemory(sealed.toByteArray());
      }
      return inChunks(sink -> write(dataKey, header, head, source, sink));
    } catch (IOException e) {
      throw new UncheckedIOException("a document could not be read to its end", e);
    }
  }

  /** What the head and the padding carry above the limit goes into chunks, too. */
  private Sealed inMemory(byte[] sealed) throws IOException {
    return sealed.length <= ledger.genesis().parameters().inlineLimitBytes()
        ? new Sealed(new Payload.Inline(Bytes.of(sealed)), () -> {})
        : inChunks(sink -> sink.write(sealed));
  }

  @FunctionalInterface
  private interface Filling {
    void fill(OutputStream sink) throws IOException;
  }

  private Sealed inChunks(Filling filling) throws IOException {
    try (BlobSink sink = ledger.blobs().create()) {
      filling.fill(sink);
      Payload.Blob blob = sink.finish();
      long most = ledger.genesis().parameters().blobs().largestBytes();
      if (blob.sizeBytes() > most) {
        sink.discard();
        throw tooLarge(blob.sizeBytes(), most);
      }
      return new Sealed(blob, sink::discard);
    }
  }

  private void write(
      SecretBytes dataKey, byte[] header, RecordHead head, RecordSource source, OutputStream to)
      throws IOException {
    // Closed only when all went well: closing completes the record, whatever has come so far.
    OutputStream sealing = RecordCipher.sealing(dataKey, header, new Unclosed(to), random);
    try (InputStream document = source.content().open()) {
      RecordWriter.write(head, source.sizeBytes(), document, sealing);
    }
    sealing.close();
  }

  private static SealException tooLarge(long sizeBytes, long most) {
    return new SealException(
        SealException.Reason.TOO_LARGE, sizeBytes + " bytes; the ledger takes " + most);
  }

  /** Leaves what is below open. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      out.write(from, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
