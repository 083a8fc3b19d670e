package org.medseal.bench.fuzz;

import java.util.List;

/** Readers of one kind of input. Used by one thread. */
interface FuzzTarget {
  /** What is mutated; all of it well-formed or nearly so. */
  List<byte[]> seeds();

  Mutation mutation();

  /**
   * Reads an input to its end and says in {@code kinds} what became of it; returns how many frames
   * or messages it held. Whatever it throws is a finding.
   */
  int take(byte[] input, Kinds kinds);
}
