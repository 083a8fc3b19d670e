package org.medseal.connectors.message;

import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;

/** What a transport hands to the inbox: the bytes, and what it already knows to be wrong. */
public interface Incoming {
  byte[] raw();

  Optional<QuarantineReason> defect();

  /** What the sender calls it, if the transport has read that already. */
  default Optional<String> controlId() {
    return Optional.empty();
  }
}
