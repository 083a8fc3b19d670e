package org.medseal.connectors.seal;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.medseal.connectors.deidentify.DeidentifiedRecord;
import org.medseal.connectors.deidentify.Format;
import org.medseal.connectors.record.RecordHead;
import org.medseal.crypto.Digests;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;
import org.medseal.crypto.group.MemberSecret;
import org.medseal.crypto.pseudonym.Pseudonym;
import org.medseal.crypto.sm2.Sm2PublicKey;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.RecordWitness;

/**
 * Makes the ledger's transaction of a de-identified record (DESIGN section 4): a fresh data key and
 * salt each time, wrapped to every custodian, signed for the group. From any thread.
 */
public final class RecordSealer {
  private static final Bytes NO_SIGNATURE = Bytes.of(new byte[RecordCore.GROUP_SIGNATURE_LENGTH]);

  /**
   * What of an institution takes part.
   *
   * @param eraseKey a record can be erased by whoever holds it
   * @param expiryBlocks how many blocks a record may wait; the genesis may allow fewer
   */
  public record Keys(MemberSecret memberSecret, SecretBytes eraseKey, int expiryBlocks) {}

  private final Ledger ledger;
  private final SecretBytes eraseKey;
  private final long expiryBlocks;
  private final SecureRandom random;
  private final InstantSource clock;
  private final GroupSigner signer;
  private final PayloadSealing payloads;

  public RecordSealer(Ledger ledger, Keys keys, SecureRandom random, InstantSource clock) {
    this.ledger = ledger;
    this.eraseKey = keys.eraseKey();
    this.random = random;
    this.clock = clock;
    this.payloads = new PayloadSealing(ledger, random);
    if (keys.expiryBlocks() < 1) {
      throw new IllegalArgumentException("expiryBlocks must be positive");
    }
    expiryBlocks = Math.min(keys.expiryBlocks(), ledger.genesis().parameters().maxExpiryBlocks());
    signer =
        new GroupSigner(
            keys.memberSecret(),
            ledger.institution(),
            ledger.genesis().parameters().smallestAnonymitySet());
  }

  /** SealException, never a transaction the genesis' limits forbid. */
  public IdentifiedTransaction seal(DeidentifiedRecord record, long sequence) {
    return seal(RecordSource.of(record), sequence);
  }

  /**
   * As {@link #seal(DeidentifiedRecord, long)}, but the document is never whole in memory. Above
   * the inline limit its ciphertext is durable in chunks on this node's disk when this returns.
   */
  public IdentifiedTransaction seal(RecordSource source, long sequence) {
    LedgerView view = ledger.view();
    RecordHeader header = header(view, source);
    byte[] headerBytes = Transactions.headerBytes(header);
    try (SecretBytes dataKey = SecretBytes.random(RecordCipher.DATA_KEY_LENGTH, random)) {
      PayloadSealing.Sealed sealed =
          payloads.seal(dataKey, headerBytes, head(source, sequence), source);
      boolean done = false;
      try {
        RecordWitness witness =
            new RecordWitness(header, wraps(view.custodians(), dataKey), sealed.payload());
        byte[] commitment = RecordCipher.commitment(dataKey, header.salt().toArray(), headerBytes);
        RecordTransaction record = signed(view, witness, Hash.of(commitment));
        done = true;
        return Transactions.identify(record);
      } finally {
        if (!done) {
          sealed.discard().run();
        }
      }
    }
  }

  private RecordTransaction signed(LedgerView view, RecordWitness witness, Hash commitment) {
    RecordCore unsigned =
        new RecordCore(
            RecordCore.VERSION,
            witness.header().chainId(),
            view.epoch(),
            view.height() + expiryBlocks,
            witness.header().format(),
            Transactions.witnessHash(witness),
            commitment,
            NO_SIGNATURE);
    return new RecordTransaction(signed(view, unsigned), witness);
  }

  private RecordHeader header(LedgerView view, RecordSource record) {
    byte[] salt = random(RecordHeader.SALT_LENGTH);
    byte[] eraseSecret = eraseKey.use(key -> Digests.hmacSha256(key, salt));
    return new RecordHeader(
        ledger.genesis().chainId(),
        format(record.format()),
        Bytes.of(salt),
        view.custodians().version(),
        tags(record.taggable()),
        Hash.of(Digests.sha256(eraseSecret)));
  }

  private List<Hash> tags(List<Pseudonym> taggable) {
    YearMonth month = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
    List<Hash> tags = new ArrayList<>();
    taggable.forEach(pseudonym -> tags.add(Hash.of(pseudonym.tag(month))));
    while (tags.size() < RecordHeader.TAGS) {
      tags.add(Hash.of(random(Hash.LENGTH)));
    }
    return tags;
  }

  private static RecordHead head(RecordSource source, long sequence) {
    return new RecordHead(
        sequence, source.mediaType(), source.report().ruleSetId(), source.report().counts());
  }

  private List<Bytes> wraps(CustodianSet custodians, SecretBytes dataKey) {
    return custodians.keys().stream()
        .map(key -> Sm2PublicKey.fromPoint(key.sm2Point().toArray()))
        .map(key -> Bytes.of(key.wrap(dataKey, random)))
        .toList();
  }

  private RecordCore signed(LedgerView view, RecordCore core) {
    return new RecordCore(
        core.version(),
        core.chainId(),
        core.epoch(),
        core.expiryHeight(),
        core.format(),
        core.witnessHash(),
        core.keyCommitment(),
        signer.sign(view, Transactions.coreDigest(core), random));
  }

  private static RecordFormat format(Format format) {
    return switch (format) {
      case HL7V2 -> RecordFormat.HL7V2;
      case FHIR -> RecordFormat.FHIR;
      case DICOM -> RecordFormat.DICOM;
    };
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
