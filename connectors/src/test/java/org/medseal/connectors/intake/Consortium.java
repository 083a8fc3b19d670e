package org.medseal.connectors.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.medseal.connectors.record.RecordContent;
import org.medseal.connectors.seal.RecordSealer;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;
import org.medseal.crypto.group.Credential;
import org.medseal.crypto.group.GroupParameters;
import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.crypto.group.Issuer;
import org.medseal.crypto.group.JoinCommitment;
import org.medseal.crypto.group.MemberSecret;
import org.medseal.crypto.group.Opener;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.ledger.api.Blobs;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.BlobParameters;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.StakeParameters;

/** A single institution with a real group and a custodian whose key is at hand. */
public final class Consortium {
  public static final String NAME = "hospital-1";
  public static final String CHAIN = "test-chain";
  public static final int INLINE_LIMIT = 64 << 10;

  /** Bytes of a payload. */
  public static final long LARGEST = 1 << 20;

  public static final int EXPIRY_BLOCKS = 10;

  private static final SecureRandom RANDOM = new SecureRandom();

  public final Sm2PrivateKey custodian = Sm2PrivateKey.generate(RANDOM);
  public final GroupPublicKey groupKey;
  public final Genesis genesis;
  private final MemberSecret member = MemberSecret.generate(RANDOM);
  private final SecretBytes eraseKey = SecretBytes.random(32, RANDOM);

  public Consortium() {
    GroupParameters parameters = Opener.setUp(CHAIN, RANDOM).parameters();
    Issuer issuer = Issuer.forEpoch(parameters, 1, RANDOM);
    groupKey = issuer.publicKey();
    byte[] nonce = new byte[32];
    JoinCommitment join = member.join(parameters, bytes(CHAIN), bytes(NAME), nonce, RANDOM);
    Credential credential = issuer.issue(join, RANDOM);
    genesis =
        new Genesis(
            CHAIN,
            0,
            List.of(),
            Bytes.of(parameters.encoded()),
            Bytes.of(groupKey.encoded()),
            List.of(),
            List.of(new EpochCredential(NAME, Bytes.of(credential.encoded()))),
            NAME,
            NAME,
            new CustodianSet(
                1,
                List.of(
                    new CustodianSet.CustodianKey(NAME, Bytes.of(custodian.publicKey().point())))),
            new Parameters(
                0,
                0,
                INLINE_LIMIT,
                4 << 20,
                1000,
                10,
                StakeParameters.DEFAULT,
                new BlobParameters(4, 3, 8 * LARGEST, 1_000),
                Parameters.STANDARD_BLOCK_RECORDS));
  }

  public RecordSealer sealer(MemoryLedger ledger, InstantSource clock) {
    return new RecordSealer(
        ledger, new RecordSealer.Keys(member, eraseKey, EXPIRY_BLOCKS), RANDOM, clock);
  }

  /** As a custodian opens it. */
  public RecordContent open(RecordTransaction record) {
    return open(record, Blobs.none());
  }

  /** As a custodian opens it. */
  public RecordContent open(RecordTransaction record, Blobs blobs) {
    byte[] header = Transactions.headerBytes(record.witness().header());
    try (SecretBytes dataKey = custodian.unwrap(record.witness().wrappedKeys().get(0).toArray())) {
      RecordCipher.requireCommitment(
          dataKey,
          record.witness().header().salt().toArray(),
          header,
          record.core().keyCommitment().toArray());
      byte[] ciphertext = ciphertext(record.witness().payload(), blobs);
      return RecordContent.decode(RecordCipher.open(dataKey, header, ciphertext));
    }
  }

  private static byte[] ciphertext(Payload payload, Blobs blobs) {
    if (payload instanceof Payload.Inline inline) {
      return inline.ciphertext().toArray();
    }
    try (InputStream in = blobs.open((Payload.Blob) payload)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
