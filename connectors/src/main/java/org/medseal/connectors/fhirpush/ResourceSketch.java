package org.medseal.connectors.fhirpush;

import java.util.List;
import java.util.Optional;

/**
 * What the answer needs to know of a resource; its content is left alone.
 *
 * @param bundleType of a Bundle, else empty
 * @param entries of a Bundle, in order
 */
public record ResourceSketch(
    String type, Optional<String> id, Optional<String> bundleType, List<Entry> entries) {
  /**
   * One entry of a Bundle.
   *
   * @param type of the resource; empty if the entry holds none
   * @param method of the request; empty if it names none
   */
  public record Entry(String type, String method) {}

  public boolean isExchange() {
    return bundleType.filter(t -> t.equals("transaction") || t.equals("batch")).isPresent();
  }
}
