package org.medseal.ledger.fuzz;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Of every decoder: any bytes get an answer, and so does every cut of what it accepts. */
class DecoderProperties {
  private static final List<FuzzTarget> TARGETS = FuzzTargets.all();

  @Property(tries = 1_000)
  void anyBytesAreRefusedOrAcceptedAsTheyWouldBeWritten(
      @ForAll("targets") FuzzTarget target, @ForAll byte[] bytes) {
    target.decode().accept(bytes);
  }

  @Property(tries = 1_000)
  void anyTailIsAnswered(@ForAll("targets") FuzzTarget target, @ForAll byte[] tail) {
    byte[] seed = target.seeds().get(0);
    byte[] longer = Arrays.copyOf(seed, seed.length + tail.length);
    System.arraycopy(tail, 0, longer, seed.length, tail.length);
    target.decode().accept(longer);
  }

  @Example
  void everyCutIsAnswered() {
    for (FuzzTarget target : TARGETS) {
      for (byte[] seed : target.seeds()) {
        int step = Math.max(1, seed.length / 200);
        for (int length = 0; length < seed.length; length += step) {
          target.decode().accept(Arrays.copyOf(seed, length));
        }
      }
    }
  }

  @Provide
  Arbitrary<FuzzTarget> targets() {
    return Arbitraries.of(TARGETS);
  }
}
