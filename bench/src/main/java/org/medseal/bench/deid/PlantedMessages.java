package org.medseal.bench.deid;

/** The generated messages by themselves, for programs that need plenty of unlike ones. */
public final class PlantedMessages {
  private PlantedMessages() {}

  /** The same seed gives the same message. */
  public static byte[] hl7(long seed) {
    return Hl7Planting.message(new AnswerKey(seed));
  }

  /** A Bundle in JSON. */
  public static byte[] fhir(long seed) {
    return FhirPlanting.message(new AnswerKey(seed));
  }
}
