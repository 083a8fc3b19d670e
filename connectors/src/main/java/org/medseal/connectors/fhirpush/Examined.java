package org.medseal.connectors.fhirpush;

import java.util.Optional;
import org.medseal.connectors.deidentify.QuarantineReason;
import org.medseal.connectors.message.Incoming;

/** What is to be done with a request. */
public sealed interface Examined {
  FhirRequest request();

  /** Answered without storing anything. */
  record Answered(FhirRequest request, FhirResponse response) implements Examined {}

  /**
   * To be stored as it came, then answered.
   *
   * @param sketch empty if it could not be read
   */
  record ToStore(
      FhirRequest request, Optional<ResourceSketch> sketch, Optional<QuarantineReason> defect)
      implements Examined, Incoming {
    @Override
    public byte[] raw() {
      return request.body();
    }
  }
}
