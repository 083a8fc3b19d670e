package org.medseal.connectors.message;

import java.util.Objects;
import java.util.Optional;
import org.medseal.connectors.content.Content;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.QuarantineReason;

/**
 * A message as a source sent it.
 *
 * @param content the bytes as received; not copied, so leave them alone afterwards
 * @param controlId what the sender calls it, such as MSH-10
 * @param sourceLabel where it came from, such as a file name; kept encrypted only
 * @param defect set when it is known to be unreadable: stored, and quarantined with this reason
 */
public record Arrival(
    String feed,
    Format format,
    Content content,
    Optional<String> controlId,
    Optional<String> sourceLabel,
    Optional<QuarantineReason> defect) {
  public Arrival {
    if (feed.isBlank()) {
      throw new IllegalArgumentException("a message comes from a feed");
    }
    Objects.requireNonNull(format);
    Objects.requireNonNull(content);
    controlId = controlId.filter(id -> !id.isBlank());
  }

  /** Of bytes in memory. */
  public Arrival(
      String feed,
      Format format,
      byte[] raw,
      Optional<String> controlId,
      Optional<String> sourceLabel,
      Optional<QuarantineReason> defect) {
    this(feed, format, Content.of(raw), controlId, sourceLabel, defect);
  }

  Arrival with(Content other) {
    return new Arrival(feed, format, other, controlId, sourceLabel, defect);
  }

  @Override
  public String toString() {
    return "Arrival[" + feed + ", " + format + ", " + content + "]";
  }
}
