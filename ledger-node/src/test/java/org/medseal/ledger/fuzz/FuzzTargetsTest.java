package org.medseal.ledger.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A short, repeatable run over mutations of what each decoder accepts; {@code
 * -Dmedseal.fuzz.mutations=N} runs more. The long, coverage-guided runs are JazzerRun's.
 */
class FuzzTargetsTest {
  private static final int MUTATIONS = Integer.getInteger("medseal.fuzz.mutations", 400);

  static List<FuzzTarget> targets() {
    return FuzzTargets.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void mutatedBytesAreAcceptedAsWrittenOrRefused(FuzzTarget target) {
    Random random = new Random(target.name().hashCode());
    target.decode().accept(new byte[0]);
    for (byte[] seed : target.seeds()) {
      target.decode().accept(seed);
      for (int i = 0; i < MUTATIONS; i++) {
        byte[] mutated = mutate(seed, target.seeds(), random);
        try {
          target.decode().accept(mutated);
        } catch (RuntimeException | Error e) {
          throw new AssertionError(target.name() + " breaks on " + hex(mutated), e);
        }
      }
    }
  }

  @Test
  void targetsHaveNamesOfTheirOwnAndSeeds() {
    Set<String> names = new HashSet<>();
    assertThat(targets()).allMatch(each -> names.add(each.name()) && !each.seeds().isEmpty());
  }

  private static byte[] mutate(byte[] seed, List<byte[]> others, Random random) {
    byte[] bytes = seed.clone();
    for (int change = random.nextInt(4); change >= 0 && bytes.length > 0; change--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt();
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(32));
        case 4 -> { // a length or count gone wild
          byte[] wild = {(byte) random.nextInt(), -1, -1, (byte) random.nextInt()};
          System.arraycopy(wild, 0, bytes, at, Math.min(4, bytes.length - at));
        }
        default -> { // a piece of another
          byte[] other = others.get(random.nextInt(others.size()));
          int length = Math.min(random.nextInt(64), Math.min(other.length, bytes.length - at));
          System.arraycopy(other, random.nextInt(other.length - length + 1), bytes, at, length);
        }
      }
    }
    return bytes;
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
