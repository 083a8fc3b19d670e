package org.medseal.bench.fuzz;

import java.util.Random;

/** Makes an input out of a seed and, for what is spliced in, another one. */
@FunctionalInterface
interface Mutation {
  byte[] mutate(byte[] seed, byte[] other, Random random);
}
