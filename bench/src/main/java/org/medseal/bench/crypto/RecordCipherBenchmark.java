package org.medseal.bench.crypto;

import java.util.concurrent.TimeUnit;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds to encrypt and decrypt a record of 2 KiB and of 1 MiB. The long warm-up is what JDK
 * 17 needs: it reaches the AES instructions only once the loops around them are compiled, some 70
 * MiB in.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordCipherBenchmark {
  @Param({"2048", "1048576"})
  int sizeBytes;

  private Institution institution;
  private SecretBytes dataKey;
  private byte[] header;
  private byte[] plaintext;
  private byte[] ciphertext;

  @Setup
  public void makeRecord() {
    institution = new Institution();
    dataKey = institution.dataKey();
    header = institution.bytes(220);
    plaintext = institution.bytes(sizeBytes);
    ciphertext = RecordCipher.seal(dataKey, header, plaintext, institution.random);
  }

  @Benchmark
  public byte[] aesSeal() {
    return RecordCipher.seal(dataKey, header, plaintext, institution.random);
  }

  @Benchmark
  public byte[] aesOpen() {
    return RecordCipher.open(dataKey, header, ciphertext);
  }
}
