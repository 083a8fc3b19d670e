package org.medseal.ledger.stake;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** An amount handed out in proportion, in whole units. */
final class EdgeShares {
  private EdgeShares() {}

  /**
   * By largest remainder, the earlier first among equals; everybody who wants something gets a unit
   * before anybody gets a second one, so that no size holds up a small one for ever.
   *
   * @param wanted none negative
   * @param amount at most the sum of what is wanted
   */
  static long[] of(long[] wanted, long amount) {
    long wanting = Arrays.stream(wanted).filter(each -> each > 0).count();
    if (amount < wanting) {
      return proportional(wanted, amount);
    }
    long[] beyondOne = Arrays.stream(wanted).map(each -> Math.max(0, each - 1)).toArray();
    long[] shares = proportional(beyondOne, amount - wanting);
    return IntStream.range(0, wanted.length)
        .mapToLong(i -> shares[i] + Math.min(1, wanted[i]))
        .toArray();
  }

  private static long[] proportional(long[] wanted, long amount) {
    long sum = Arrays.stream(wanted).sum();
    long[] shares = new long[wanted.length];
    if (sum == 0) {
      return shares;
    }
    BigInteger[] remainders = new BigInteger[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      BigInteger[] exact =
          BigInteger.valueOf(wanted[i])
              .multiply(BigInteger.valueOf(amount))
              .divideAndRemainder(BigInteger.valueOf(sum));
      shares[i] = exact[0].longValueExact();
      remainders[i] = exact[1];
    }
    IntStream.range(0, wanted.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> remainders[i]).reversed())
        .limit(amount - Arrays.stream(shares).sum())
        .forEach(i -> shares[i]++);
    return shares;
  }
}
