package org.medseal.bench.crypto;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Locale;
import org.medseal.bench.deid.ShippedRules;
import org.medseal.bench.intake.LabResults;
import org.medseal.connectors.deidentify.Deidentifier;
import org.medseal.connectors.deidentify.FeedPolicy;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.deidentify.Outcome;
import org.medseal.connectors.deidentify.UnlistedAuthority;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;

/**
 * CPU time of the costly parts of one message's way, of one thread alone, so that what else runs on
 * the machine counts little: microseconds each once compiled. Arguments: rounds (2,000), from the
 * project's folder, whose {@code config} is used.
 */
public final class MessageCpu {
  private static final int RECORD_BYTES = 2_048;
  private static final int VOTE_BYTES = 120;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Institution institution = new Institution();
  private final Ed25519PrivateKey validator = Ed25519PrivateKey.generate(institution.random);
  private final byte[] vote = institution.bytes(VOTE_BYTES);
  private final byte[] voteSignature = validator.sign(vote);
  private final byte[] message = institution.bytes(32);
  private final byte[] signature = institution.member.sign(message, institution.random);
  private final byte[] plaintext = institution.bytes(RECORD_BYTES);
  private final SecretBytes dataKey = institution.dataKey();
  private final Deidentifier hl7 = ShippedRules.load(Path.of("config")).forFormat(Format.HL7V2);
  private final FeedPolicy policy = FeedPolicy.of("bench", UnlistedAuthority.LOCAL);
  private final int rounds;
  private long sink;

  private MessageCpu(int rounds) {
    this.rounds = rounds;
  }

  /** One part's turn, told its number; what it answers keeps it from being left out. */
  private interface Part {
    int turn(int number);
  }

  public static void main(String[] arguments) {
    new MessageCpu(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000).run();
  }

  private void run() {
    measure("de-identify a laboratory result", this::deidentify);
    measure("group signature: sign", n -> institution.member.sign(message, institution.random)[9]);
    measure("group signature: check", n -> institution.gpk.verify(message, signature) ? 1 : 0);
    measure(
        "SM2: wrap a data key",
        n -> institution.custodian.publicKey().wrap(dataKey, institution.random)[50]);
    measure(
        "AES: seal 2 KiB",
        n -> RecordCipher.seal(dataKey, vote, plaintext, institution.random)[100]);
    measure("Ed25519: sign", n -> validator.sign(vote)[9]);
    measure("Ed25519: check", n -> validator.publicKey().verify(vote, voteSignature) ? 1 : 0);
    System.out.println("checksum " + sink);
  }

  private int deidentify(int number) {
    return hl7.deidentify(LabResults.message("M", number), policy) instanceof Outcome.Released r
        ? r.records().size()
        : fail();
  }

  private static int fail() {
    throw new IllegalStateException("a laboratory result was not released");
  }

  private void measure(String name, Part part) {
    for (int i = 0; i < rounds; i++) {
      sink += part.turn(i);
    }
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < rounds; i++) {
      sink += part.turn(i);
    }
    double micros = (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / rounds;
    System.out.printf(Locale.ROOT, "%8.0f µs  %s%n", micros, name);
  }
}
