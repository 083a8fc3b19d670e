package org.medseal.bench.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.crypto.ed25519.Ed25519PublicKey;

/**
 * What signature checks and syncs alone allow on this machine.
 *
 * @param checkMicros one Ed25519 verification of 1 kB on one core
 * @param syncMs median of an fsync after 64 KiB
 * @param nodesPerCore every one of them checks every transaction once
 */
record PrimitiveLimits(double checkMicros, double syncMs, double nodesPerCore) {
  private static final int CHECKS = 4_000;
  private static final int SYNCS = 100;

  /** One block's critical path: proposal, prevote, precommit and block synced in turn. */
  private static final int SYNCS_PER_BLOCK = 4;

  static PrimitiveLimits measure(Path folder, int nodes) throws IOException {
    double checkMicros = measureCheck();
    double syncMs = measureSync(folder.resolve("sync-probe"));
    int cores = Runtime.getRuntime().availableProcessors();
    return new PrimitiveLimits(checkMicros, syncMs, (double) nodes / cores);
  }

  /** Transactions a second if nothing but their signatures were checked. */
  double checksPerSecond() {
    return 1e6 / (checkMicros * nodesPerCore);
  }

  /** No hop between nodes and no signature is counted: one block's syncs alone. */
  double syncsOfBlockMs() {
    return SYNCS_PER_BLOCK * syncMs;
  }

  /** Transactions a second if blocks of this size cost their checks and then their syncs alone. */
  double perSecond(double transactionsPerBlock) {
    double blockSeconds = transactionsPerBlock / checksPerSecond() + syncsOfBlockMs() / 1e3;
    return transactionsPerBlock / blockSeconds;
  }

  private static double measureCheck() {
    Ed25519PrivateKey key = Ed25519PrivateKey.generate(new SecureRandom());
    Ed25519PublicKey check = key.publicKey();
    byte[] message = new byte[1_000];
    byte[] signature = key.sign(message);
    int good = 0;
    long start = 0;
    for (int i = 0; i < 2 * CHECKS; i++) {
      if (i == CHECKS) {
        start = System.nanoTime(); // the first half warms up
      }
      good += check.verify(message, signature) ? 1 : 0;
    }
    double micros = (System.nanoTime() - start) / 1e3 / CHECKS;
    if (good != 2 * CHECKS) {
      throw new IllegalStateException("a good signature was refused");
    }
    return micros;
  }

  private static double measureSync(Path file) throws IOException {
    long[] nanos = new long[SYNCS];
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer content = ByteBuffer.allocate(64 << 10);
      for (int i = 0; i < SYNCS; i++) {
        content.clear();
        out.write(content);
        long start = System.nanoTime();
        out.force(false);
        nanos[i] = System.nanoTime() - start;
      }
    }
    Files.delete(file);
    Arrays.sort(nanos);
    return nanos[SYNCS / 2] / 1e6;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "limits here: an Ed25519 check %.0f us, so at most %.0f/s on all nodes; a sync %.2f ms, so"
            + " %.1f ms of syncs a block",
        checkMicros,
        checksPerSecond(),
        syncMs,
        syncsOfBlockMs());
  }
}
