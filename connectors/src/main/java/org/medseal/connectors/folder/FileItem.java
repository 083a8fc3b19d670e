package org.medseal.connectors.folder;

import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.Incoming;

/** One message of a file. */
@SuppressWarnings("ArrayRecordComponent") // handed over once
public record FileItem(byte[] raw, Optional<QuarantineReason> defect) implements Incoming {
  static FileItem message(byte[] raw) {
    return new FileItem(raw, Optional.empty());
  }

  static FileItem broken(byte[] raw, QuarantineReason reason) {
    return new FileItem(raw, Optional.of(reason));
  }

  @Override
  public String toString() {
    return "FileItem[" + raw.length + " bytes]";
  }
}
