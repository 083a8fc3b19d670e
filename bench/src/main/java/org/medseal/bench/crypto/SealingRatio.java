package org.medseal.bench.crypto;

import java.util.Arrays;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;

/**
 * Prints what sealing a 2 KiB record costs next to its primitives (group signature, SM2 wrap, AES),
 * taken in turns in one run so that a busy machine slows all of them alike. Exit 1 above the
 * budget.
 */
public final class SealingRatio {
  private static final int RECORD_BYTES = 2048;
  private static final int WARM_UP_ROUNDS = 2_000;
  private static final int ROUNDS = 1_500;
  private static final double BUDGET = 1.3;

  private final Institution institution = new Institution();
  private final byte[] plaintext = institution.bytes(RECORD_BYTES);
  private final byte[] header = institution.bytes(220);
  private final byte[] message = institution.bytes(32);
  private final SecretBytes dataKey = institution.dataKey();
  private long sink;

  private SealingRatio() {}

  public static void main(String[] arguments) {
    double ratio = new SealingRatio().run();
    if (ratio > BUDGET) {
      System.exit(1);
    }
  }

  private double run() {
    Runnable[] work = {this::sign, this::wrap, this::encrypt, this::seal};
    String[] names = {"XSGS sign", "SM2 wrap", "AES seal 2 KiB", "sealing"};
    long[][] nanos = new long[work.length][ROUNDS];
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (int i = 0; i < work.length; i++) {
        long start = System.nanoTime();
        work[i].run();
        long taken = System.nanoTime() - start;
        if (round >= 0) {
          nanos[i][round] = taken;
        }
      }
    }
    double[] medianMs = Arrays.stream(nanos).mapToDouble(SealingRatio::medianMs).toArray();
    for (int i = 0; i < work.length; i++) {
      System.out.printf("%-16s %8.3f ms%n", names[i], medianMs[i]);
    }
    double ratio = medianMs[3] / (medianMs[0] + medianMs[1] + medianMs[2]);
    System.out.printf(
        "ratio            %8.3f (budget %.1f; medians of %d rounds; checksum %x)%n",
        ratio, BUDGET, ROUNDS, sink);
    return ratio;
  }

  private void sign() {
    sink += institution.member.sign(message, institution.random)[100];
  }

  private void wrap() {
    sink += institution.custodian.publicKey().wrap(dataKey, institution.random)[50];
  }

  private void encrypt() {
    sink += RecordCipher.seal(dataKey, header, plaintext, institution.random)[100];
  }

  private void seal() {
    sink += Sealing.seal(institution, plaintext)[100];
  }

  private static double medianMs(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] / 1e6;
  }
}
