package org.medseal.bench.crypto;

import java.util.concurrent.TimeUnit;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.crypto.pseudonym.Pseudonym;
import org.medseal.crypto.pseudonym.PseudonymKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Milliseconds of each primitive, and of sealing one 2 KiB record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PrimitivesBenchmark {
  private Institution institution;
  private byte[] message;
  private byte[] record;
  private byte[] groupSignature;
  private SecretBytes dataKey;
  private byte[] wrapped;
  private Ed25519PrivateKey ed25519;
  private byte[] ed25519Signature;
  private PseudonymKey pseudonymKey;
  private PatientIdentifier patient;

  @Setup
  public void makeKeys() {
    institution = new Institution();
    message = institution.bytes(32);
    record = institution.bytes(2048);
    groupSignature = institution.member.sign(message, institution.random);
    dataKey = institution.dataKey();
    wrapped = institution.custodian.publicKey().wrap(dataKey, institution.random);
    ed25519 = Ed25519PrivateKey.generate(institution.random);
    ed25519Signature = ed25519.sign(message);
    pseudonymKey = new PseudonymKey(1, "bench", SecretBytes.random(32, institution.random));
    patient = new PatientIdentifier("2.16.156.10011.1.3", "NI", "SYNTHETIC-1");
  }

  @Benchmark
  public byte[] xsgsSign() {
    return institution.member.sign(message, institution.random);
  }

  @Benchmark
  public boolean xsgsVerify() {
    return institution.gpk.verify(message, groupSignature);
  }

  @Benchmark
  public byte[] sm2Wrap() {
    return institution.custodian.publicKey().wrap(dataKey, institution.random);
  }

  @Benchmark
  public SecretBytes sm2Unwrap() {
    return institution.custodian.unwrap(wrapped);
  }

  @Benchmark
  public byte[] ed25519Sign() {
    return ed25519.sign(message);
  }

  @Benchmark
  public boolean ed25519Verify() {
    return ed25519.publicKey().verify(message, ed25519Signature);
  }

  @Benchmark
  public Pseudonym hmacPseudonym() {
    return pseudonymKey.pseudonym(patient);
  }

  @Benchmark
  public byte[] sealRecord2KiB() {
    return Sealing.seal(institution, record);
  }
}
