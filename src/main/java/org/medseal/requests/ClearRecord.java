package org.medseal.requests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.medseal.connectors.content.BlockInput;
import org.medseal.connectors.record.RecordStream;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.requests.RequestException.Reason;

/**
 * A decrypted, de-identified record as it is answered. One from the block is verified to its end
 * before there is such an object; one in chunks is verified part by part as it is read, and only
 * end of stream says that it was whole. Reads throw RequestException RECORD_NOT_AUTHENTIC. To be
 * closed.
 */
public final class ClearRecord implements AutoCloseable {
  private final String mediaType;
  private final String ruleSetId;
  private final long sizeBytes;
  private final InputStream content;

  private ClearRecord(String mediaType, String ruleSetId, long sizeBytes, InputStream content) {
    this.mediaType = mediaType;
    this.ruleSetId = ruleSetId;
    this.sizeBytes = sizeBytes;
    this.content = content;
  }

  /**
   * Checks that this data key is the one the record committed to, then decrypts. Without the check
   * a copied wrap would have somebody else's key handed out. RECORD_NOT_AUTHENTIC. The data key is
   * no longer needed afterwards.
   */
  static ClearRecord open(Ledger ledger, RecordTransaction record, SecretBytes dataKey) {
    byte[] header = Transactions.headerBytes(record.witness().header());
    try {
      RecordCipher.requireCommitment(
          dataKey,
          record.witness().header().salt().toArray(),
          header,
          record.core().keyCommitment().toArray());
      InputStream clear = clear(ledger, record, dataKey, header);
      boolean opened = false;
      try {
        RecordStream document = RecordStream.open(clear);
        opened = true;
        return new ClearRecord(
            mediaType(record.core().format()),
            document.head().ruleSetId(),
            document.contentBytes(),
            new Verified(document));
      } finally {
        if (!opened) {
          clear.close();
        }
      }
    } catch (CryptoException | CodecException e) {
      throw notAuthentic(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream clear(
      Ledger ledger, RecordTransaction record, SecretBytes dataKey, byte[] header) {
    if (record.witness().payload() instanceof Payload.Inline inline) {
      return new ByteArrayInputStream(
          RecordCipher.open(dataKey, header, inline.ciphertext().toArray()));
    }
    Payload.Blob blob = (Payload.Blob) record.witness().payload();
    return RecordCipher.opening(dataKey, header, ledger.blobs().open(blob));
  }

  static RequestException notAuthentic(RuntimeException cause) {
    return new RequestException(
        Reason.RECORD_NOT_AUTHENTIC,
        "The record's key, commitment and ciphertext do not belong together.",
        cause);
  }

  private static String mediaType(RecordFormat format) {
    return switch (format) {
      case HL7V2 -> "application/hl7-v2";
      case FHIR -> "application/fhir+json";
      case DICOM -> "application/dicom";
    };
  }

  /** The same record with another document in it. */
  ClearRecord with(long otherSizeBytes, InputStream other) {
    return new ClearRecord(mediaType, ruleSetId, otherSizeBytes, other);
  }

  /** The rules it went through, as its author says. */
  String ruleSetId() {
    return ruleSetId;
  }

  /** By the record's format, never what its author claims. */
  public String mediaType() {
    return mediaType;
  }

  /** Of the document, as its author says; true once the content has been read to its end. */
  public long sizeBytes() {
    return sizeBytes;
  }

  public InputStream content() {
    return content;
  }

  /** Reads to the end and keeps nothing. */
  void verify() {
    try {
      content.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      content.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "ClearRecord[" + mediaType + "]";
  }

  /** Says what a caller is told when a later part does not verify. */
  private static final class Verified extends BlockInput {
    private final InputStream from;

    Verified(InputStream from) {
      this.from = from;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      try {
        return from.read(to, offset, length);
      } catch (CryptoException | CodecException e) {
        throw notAuthentic(e);
      }
    }

    @Override
    public void close() throws IOException {
      from.close();
    }
  }
}
