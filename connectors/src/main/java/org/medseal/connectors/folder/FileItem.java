package org.medseal.connectors.folder;

import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.Incoming;

/**
 * One message of a file.
 *
 * @param batch the BHS segment above it, the same array for all of its batch; empty outside of one
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once
public record FileItem(byte[] raw, Optional<QuarantineReason> defect, Optional<byte[]> batch)
    implements Incoming {
  static FileItem message(byte[] raw) {
    return new FileItem(raw, Optional.empty(), Optional.empty());
  }

  static FileItem broken(byte[] raw, QuarantineReason reason) {
    return new FileItem(raw, Optional.of(reason), Optional.empty());
  }

  FileItem in(Optional<byte[]> ofBatch) {
    return new FileItem(raw, defect, ofBatch);
  }

  @Override
  public String toString() {
    return "FileItem[" + raw.length + " bytes]";
  }
}
