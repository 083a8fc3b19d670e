package org.medseal.bench.fuzz;

import java.util.List;
import org.medseal.connectors.deidentify.Deidentifier;

/** HL7 v2 messages as the inbox hands them to the de-identifier. */
final class Hl7Target implements FuzzTarget {
  private final List<byte[]> seeds;
  private final DeidReader reader;

  Hl7Target(List<byte[]> seeds, Deidentifier deidentifier) {
    this.seeds = List.copyOf(seeds);
    this.reader = new DeidReader(deidentifier);
  }

  @Override
  public List<byte[]> seeds() {
    return seeds;
  }

  @Override
  public Mutation mutation() {
    return Hl7Changes::mutate;
  }

  @Override
  public int take(byte[] input, Kinds kinds) {
    reader.take(input, kinds);
    return 1;
  }
}
