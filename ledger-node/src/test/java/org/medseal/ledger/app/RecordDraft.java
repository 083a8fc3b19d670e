package org.medseal.ledger.app;

import java.security.SecureRandom;
import java.util.List;
import java.util.function.UnaryOperator;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.group.MemberKey;
import org.medseal.crypto.sm2.Sm2PublicKey;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.RecordWitness;

/** A record that the rules allow, unless something is changed before it is signed. */
public final class RecordDraft {
  private final SecureRandom random = new SecureRandom();
  private String chainId = TestConsortium.CHAIN;
  private String headerChainId = TestConsortium.CHAIN;
  private final RecordFormat format = RecordFormat.HL7V2;
  private RecordFormat headerFormat = RecordFormat.HL7V2;
  private Bytes salt = TestConsortium.random(RecordHeader.SALT_LENGTH);
  private Hash tag = TestConsortium.randomHash();
  private CustodianSet custodians;
  private Payload payload = new Payload.Inline(TestConsortium.random(200));
  private MemberKey signer;
  private int version = RecordCore.VERSION;
  private int epoch = 1;
  private long expiryHeight = 10;
  private UnaryOperator<List<Bytes>> wraps = UnaryOperator.identity();
  private UnaryOperator<Hash> witnessHash = UnaryOperator.identity();

  RecordDraft(TestConsortium consortium) {
    custodians = consortium.genesis().custodians();
    signer = consortium.memberKey(0);
  }

  public RecordDraft chainId(String value) {
    chainId = value;
    headerChainId = value;
    return this;
  }

  public RecordDraft headerChainId(String value) {
    headerChainId = value;
    return this;
  }

  public RecordDraft headerFormat(RecordFormat value) {
    headerFormat = value;
    return this;
  }

  public RecordDraft version(int value) {
    version = value;
    return this;
  }

  public RecordDraft salt(Bytes value) {
    salt = value;
    return this;
  }

  public RecordDraft tag(Hash value) {
    tag = value;
    return this;
  }

  public RecordDraft custodians(CustodianSet value) {
    custodians = value;
    return this;
  }

  public RecordDraft ciphertext(Bytes value) {
    return payload(new Payload.Inline(value));
  }

  public RecordDraft payload(Payload value) {
    payload = value;
    return this;
  }

  public RecordDraft signer(MemberKey value, int signerEpoch) {
    signer = value;
    epoch = signerEpoch;
    return this;
  }

  public RecordDraft epoch(int value) {
    epoch = value;
    return this;
  }

  public RecordDraft expiryHeight(long value) {
    expiryHeight = value;
    return this;
  }

  public RecordDraft wraps(UnaryOperator<List<Bytes>> change) {
    wraps = change;
    return this;
  }

  public RecordDraft witnessHash(UnaryOperator<Hash> change) {
    witnessHash = change;
    return this;
  }

  public IdentifiedTransaction sign() {
    List<Hash> tags =
        List.of(
            tag,
            TestConsortium.randomHash(),
            TestConsortium.randomHash(),
            TestConsortium.randomHash());
    RecordWitness witness =
        new RecordWitness(
            new RecordHeader(
                headerChainId,
                headerFormat,
                salt,
                custodians.version(),
                tags,
                TestConsortium.randomHash()),
            wraps.apply(wrapAll()),
            payload);
    RecordCore unsigned =
        core(
            witnessHash.apply(Transactions.witnessHash(witness)),
            TestConsortium.randomHash(),
            new byte[RecordCore.GROUP_SIGNATURE_LENGTH]);
    return Transactions.identify(
        new RecordTransaction(
            core(
                unsigned.witnessHash(),
                unsigned.keyCommitment(),
                signer.sign(Transactions.coreDigest(unsigned), random)),
            witness));
  }

  private List<Bytes> wrapAll() {
    try (SecretBytes dataKey = TestConsortium.dataKey()) {
      return custodians.keys().stream()
          .map(
              key ->
                  Bytes.of(Sm2PublicKey.fromPoint(key.sm2Point().toArray()).wrap(dataKey, random)))
          .toList();
    }
  }

  private RecordCore core(Hash witness, Hash commitment, byte[] signature) {
    return new RecordCore(
        version, chainId, epoch, expiryHeight, format, witness, commitment, Bytes.of(signature));
  }
}
