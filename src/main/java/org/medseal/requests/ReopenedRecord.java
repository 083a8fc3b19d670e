package org.medseal.requests;

import java.io.IOException;
import java.io.InputStream;
import org.medseal.connectors.content.Content;
import org.medseal.crypto.SecretBytes;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.model.RecordTransaction;

/**
 * A granted record's document, decrypted and verified anew whenever it is opened, so that it need
 * not be in memory. Holds the data key until it is closed.
 */
final class ReopenedRecord implements Content, AutoCloseable {
  private final Ledger ledger;
  private final RecordTransaction record;
  private final SecretBytes dataKey;
  private final ClearRecord first;

  /** RECORD_NOT_AUTHENTIC. */
  ReopenedRecord(Ledger ledger, RecordTransaction record, SecretBytes dataKey) {
    this.ledger = ledger;
    this.record = record;
    this.first = ClearRecord.open(ledger, record, dataKey);
    this.dataKey = dataKey.use(SecretBytes::copyOf);
  }

  /** What its author says of it; its own content is not to be read. */
  ClearRecord facts() {
    return first;
  }

  @Override
  public long sizeBytes() {
    return first.sizeBytes();
  }

  @Override
  public InputStream open(long offset) throws IOException {
    InputStream in = ClearRecord.open(ledger, record, dataKey).content();
    in.skipNBytes(offset);
    return in;
  }

  @Override
  public void close() {
    first.close();
    dataKey.close();
  }

  @Override
  public String toString() {
    return "ReopenedRecord[" + sizeBytes() + " bytes]";
  }
}
