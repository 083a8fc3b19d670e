package org.medseal.requests;

import org.medseal.connectors.record.RecordContent;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.requests.RequestException.Reason;

/**
 * A decrypted, de-identified record as it is answered.
 *
 * @param mediaType by the record's format, never what its author claims
 */
@SuppressWarnings("ArrayRecordComponent") // answered once, never shared
public record ClearRecord(String mediaType, byte[] content) {

  /**
   * Checks that this data key is the one the record committed to, then decrypts. Without the check
   * a copied wrap would have somebody else's key handed out. RECORD_NOT_AUTHENTIC.
   */
  static ClearRecord open(RecordTransaction record, SecretBytes dataKey) {
    byte[] header = Transactions.headerBytes(record.witness().header());
    try {
      RecordCipher.requireCommitment(
          dataKey,
          record.witness().header().salt().toArray(),
          header,
          record.core().keyCommitment().toArray());
      byte[] clear = RecordCipher.open(dataKey, header, ciphertext(record));
      return new ClearRecord(
          mediaType(record.core().format()), RecordContent.decode(clear).content());
    } catch (CryptoException | CodecException e) {
      throw notAuthentic(e);
    }
  }

  static RequestException notAuthentic(RuntimeException cause) {
    return new RequestException(
        Reason.RECORD_NOT_AUTHENTIC,
        "The record's key, commitment and ciphertext do not belong together.",
        cause);
  }

  private static byte[] ciphertext(RecordTransaction record) {
    if (record.witness().payload() instanceof Payload.Inline inline) {
      return inline.ciphertext().toArray();
    }
    throw new IllegalStateException("a payload outside the block cannot be read here");
  }

  private static String mediaType(RecordFormat format) {
    return switch (format) {
      case HL7V2 -> "application/hl7-v2";
      case FHIR -> "application/fhir+json";
      case DICOM -> "application/dicom";
    };
  }

  @Override
  public String toString() {
    return "ClearRecord[" + mediaType + "]";
  }
}
