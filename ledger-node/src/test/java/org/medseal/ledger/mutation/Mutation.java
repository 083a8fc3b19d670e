package org.medseal.ledger.mutation;

import java.util.List;

/**
 * A rule broken on purpose.
 *
 * @param red tests that have to notice, as class under the ledger's package, #, method
 * @param simulated whether the simulator and the explorer are asked as well, each alone
 */
record Mutation(String name, List<Patch> patches, List<String> red, boolean simulated) {
  /** A text that stands once in a source file, by its path under the ledger's package. */
  record Patch(String file, String from, String to) {}

  Mutation {
    patches = List.copyOf(patches);
    red = List.copyOf(red);
    if (patches.isEmpty() || red.isEmpty()) {
      throw new IllegalArgumentException("mutation '" + name + "' needs a patch and a test");
    }
  }
}
