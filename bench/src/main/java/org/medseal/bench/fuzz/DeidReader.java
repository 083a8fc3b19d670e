package org.medseal.bench.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.deidentify.UnlistedAuthority;

/** A de-identifier, with what must hold of anything it says. */
final class DeidReader {
  /** Places of a RULE_ERROR that no rule has named: something was thrown. */
  private static final Set<String> WHOLE = Set.of("message", "resource");

  private final Deidentifier deidentifier;
  private final FeedPolicy policy = FeedPolicy.of("fuzz", UnlistedAuthority.LOCAL);

  DeidReader(Deidentifier deidentifier) {
    this.deidentifier = deidentifier;
  }

  void take(byte[] message, Kinds kinds) {
    byte[] before = message.clone();
    Outcome outcome = deidentifier.deidentify(message, policy);
    Finding.unless(Arrays.equals(before, message), "the message was written to");
    if (outcome instanceof Outcome.Released released) {
      released.records().forEach(DeidReader::requireText);
      kinds.count("released");
    } else if (outcome instanceof Outcome.Quarantined quarantined) {
      Finding.unless(!quarantined.place().isBlank(), "quarantined without a place");
      boolean caught =
          quarantined.reason() == QuarantineReason.RULE_ERROR
              && WHOLE.contains(quarantined.place());
      Finding.unless(!caught, "an exception was caught at the edge");
      kinds.count("quarantined " + quarantined.reason());
    } else {
      kinds.count("no record");
    }
  }

  private static void requireText(DeidentifiedRecord record) {
    Finding.unless(record.content().length > 0, "an empty record was released");
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record.content()));
    } catch (CharacterCodingException e) {
      throw new Finding("a record that is no UTF-8 was released");
    }
  }
}
