package org.medseal.ledger.model;

import java.util.List;

/**
 * The deletable part of a record.
 *
 * @param wrappedKeys the data key wrapped (SM2, DER) for each key of the custodian set, in its
 *     order
 * @param payload the ciphertext, or where it is found
 */
public record RecordWitness(RecordHeader header, List<Bytes> wrappedKeys, Payload payload) {
  public RecordWitness {
    wrappedKeys = List.copyOf(wrappedKeys);
  }
}
