package org.medseal.connectors.message;

import java.util.Objects;
import java.util.Optional;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;

/**
 * A message as a source sent it.
 *
 * @param raw the bytes as received; not copied, so leave them alone afterwards
 * @param controlId what the sender calls it, such as MSH-10
 * @param sourceLabel where it came from, such as a file name; kept encrypted only
 * @param defect set when it is known to be unreadable: stored, and quarantined with this reason
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, up to 32 MiB
public record Arrival(
    String feed,
    Format format,
    byte[] raw,
    Optional<String> controlId,
    Optional<String> sourceLabel,
    Optional<QuarantineReason> defect) {
  public Arrival {
    if (feed.isBlank()) {
      throw new IllegalArgumentException("a message comes from a feed");
    }
    Objects.requireNonNull(format);
    Objects.requireNonNull(raw);
    controlId = controlId.filter(id -> !id.isBlank());
  }

  @Override
  public String toString() {
    return "Arrival[" + feed + ", " + format + ", " + raw.length + " bytes]";
  }
}
