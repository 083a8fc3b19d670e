package org.medseal.admin;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medseal.connectors.record.RecordContent;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.aead.RecordCipher;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.crypto.group.Credential;
import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.crypto.group.Issuer;
import org.medseal.crypto.group.JoinCommitment;
import org.medseal.crypto.group.MemberKey;
import org.medseal.crypto.group.MemberSecret;
import org.medseal.crypto.group.Opener;
import org.medseal.crypto.pseudonym.PatientIdentifier;
import org.medseal.crypto.pseudonym.PseudonymKey;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.RecordWitness;

/** Institutions with real keys on one chain: the first holds the custodian key, the last opens. */
final class TestConsortium implements AutoCloseable {
  static final String CHAIN = "medseal-test";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What one institution keeps to itself. */
  record Secrets(
      Ed25519PrivateKey signing,
      Ed25519PrivateKey validator,
      Sm2PrivateKey grant,
      MemberSecret member,
      PseudonymKey local) {}

  final Map<String, Secrets> secrets = new HashMap<>();
  final Sm2PrivateKey custodian = Sm2PrivateKey.generate(RANDOM);
  final Opener opener;
  final PseudonymKey consortiumKey = new PseudonymKey(1, CHAIN, SecretBytes.random(32, RANDOM));
  final Genesis genesis;
  final TestChain chain;
  private final H2Index index;
  private final Map<String, Credential> credentials = new HashMap<>();

  TestConsortium(Path folder, int size) {
    Opener.SetUp setUp = Opener.setUp(CHAIN, RANDOM);
    opener = setUp.opener();
    Issuer issuer = Issuer.forEpoch(setUp.parameters(), 1, RANDOM);
    List<Institution> institutions = new ArrayList<>();
    List<GroupMember> members = new ArrayList<>();
    List<EpochCredential> issued = new ArrayList<>();
    for (int i = 1; i <= size; i++) {
      String name = name(i);
      Secrets own =
          new Secrets(
              Ed25519PrivateKey.generate(RANDOM),
              Ed25519PrivateKey.generate(RANDOM),
              Sm2PrivateKey.generate(RANDOM),
              MemberSecret.generate(RANDOM),
              new PseudonymKey(0, "local", SecretBytes.random(32, RANDOM)));
      secrets.put(name, own);
      Institution institution = institution(name, i, own);
      institutions.add(institution);
      GroupMember member = member(setUp, institution, own);
      members.add(member);
      Credential credential = issuer.issue(member.commitment().toArray(), RANDOM);
      credentials.put(name, credential);
      issued.add(new EpochCredential(name, Bytes.of(credential.encoded())));
    }
    genesis =
        new Genesis(
            CHAIN,
            Instant.now().minus(Duration.ofDays(1)).toEpochMilli(),
            institutions,
            Bytes.of(setUp.parameters().encoded()),
            Bytes.of(issuer.publicKey().encoded()),
            members,
            issued,
            name(1),
            name(size),
            new CustodianSet(
                1,
                List.of(
                    new CustodianSet.CustodianKey(
                        name(1), Bytes.of(custodian.publicKey().point())))),
            new Parameters(0, 0, 1 << 20, 4 << 20, 1_000, 10));
    index = H2Index.open(folder.resolve("index"));
    chain = new TestChain(genesis, index, name -> secrets.get(name).validator());
  }

  static String name(int number) {
    return "hospital-" + number;
  }

  Ledger ledger(String institution) {
    return chain.of(institution);
  }

  /** Seals as {@code author}, tagged for a national identifier, and commits. */
  Hash seals(String author, PatientIdentifier patient, RecordFormat format, String content) {
    try (SecretBytes dataKey = SecretBytes.random(RecordCipher.DATA_KEY_LENGTH, RANDOM)) {
      RecordHeader header = header(format, tags(patient, YearMonth.now(ZoneOffset.UTC)));
      return commit(author, header, List.of(wrap(dataKey)), seal(dataKey, header, content));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // test data
  record Sealed(byte[] commitment, byte[] ciphertext) {}

  Sealed seal(SecretBytes dataKey, RecordHeader header, String content) {
    byte[] associated = Transactions.headerBytes(header);
    SortedMap<String, Integer> counts = new TreeMap<>(Map.of("PID-5", 1));
    RecordContent clear =
        new RecordContent(
            1, "text/html", "rules", counts, content.getBytes(StandardCharsets.UTF_8));
    return new Sealed(
        RecordCipher.commitment(dataKey, header.salt().toArray(), associated),
        RecordCipher.seal(dataKey, associated, clear.encode(), RANDOM));
  }

  Bytes wrap(SecretBytes dataKey) {
    return Bytes.of(custodian.publicKey().wrap(dataKey, RANDOM));
  }

  RecordHeader header(RecordFormat format, List<Hash> tags) {
    return new RecordHeader(
        CHAIN, format, Bytes.of(random(RecordHeader.SALT_LENGTH)), 1, tags, Hash.of(random(32)));
  }

  List<Hash> tags(PatientIdentifier patient, YearMonth month) {
    return List.of(
        Hash.of(consortiumKey.pseudonym(patient).tag(month)),
        Hash.of(random(32)),
        Hash.of(random(32)),
        Hash.of(random(32)));
  }

  /** As {@link #seals}, with the ciphertext outside the block. */
  Hash sealsInChunks(String author, PatientIdentifier patient, String content) {
    try (SecretBytes dataKey = SecretBytes.random(RecordCipher.DATA_KEY_LENGTH, RANDOM)) {
      RecordHeader header =
          header(RecordFormat.HL7V2, tags(patient, YearMonth.now(ZoneOffset.UTC)));
      Sealed sealed = seal(dataKey, header, content);
      Payload.Blob blob = chain.blobs().keep(sealed.ciphertext());
      return commit(author, sealed, new RecordWitness(header, List.of(wrap(dataKey)), blob));
    }
  }

  Hash commit(String author, RecordHeader header, List<Bytes> wraps, Sealed sealed) {
    Payload inline = new Payload.Inline(Bytes.of(sealed.ciphertext()));
    return commit(author, sealed, new RecordWitness(header, wraps, inline));
  }

  private Hash commit(String author, Sealed sealed, RecordWitness witness) {
    RecordHeader header = witness.header();
    RecordCore unsigned = core(header, witness, sealed, new byte[352]);
    MemberKey key =
        new MemberKey(
            GroupPublicKey.decode(genesis.groupPublicKey().toArray()),
            secrets.get(author).member(),
            credentials.get(author),
            genesis.institutions().size(),
            0);
    byte[] signature = key.sign(Transactions.coreDigest(unsigned), RANDOM);
    RecordTransaction record =
        new RecordTransaction(core(header, witness, sealed, signature), witness);
    var verdict = ledger(author).submit(record);
    if (!verdict.isOk()) {
      throw new IllegalStateException("record refused: " + verdict);
    }
    return Transactions.identify(record).id();
  }

  private RecordCore core(
      RecordHeader header, RecordWitness witness, Sealed sealed, byte[] signature) {
    return new RecordCore(
        RecordCore.VERSION,
        CHAIN,
        1,
        chain.of(name(1)).view().height() + 500,
        header.format(),
        Transactions.witnessHash(witness),
        Hash.of(sealed.commitment()),
        Bytes.of(signature));
  }

  private static Institution institution(String name, int number, Secrets own) {
    return new Institution(
        name,
        Bytes.of(own.signing().publicKey().bytes()),
        Bytes.of(own.grant().publicKey().point()),
        Bytes.of(own.validator().publicKey().bytes()),
        Hash.of(random(32)),
        "127.0.0.1:" + (2_000 + number),
        10);
  }

  private static GroupMember member(Opener.SetUp setUp, Institution institution, Secrets own) {
    byte[] nonce = random(32);
    JoinCommitment join =
        own.member()
            .join(
                setUp.parameters(),
                Registries.groupId(CHAIN),
                Registries.memberCertificate(institution),
                nonce,
                RANDOM);
    Bytes none = Bytes.of(new byte[64]);
    GroupMember unsigned =
        new GroupMember(
            institution.name(),
            Bytes.of(join.c48()),
            Bytes.of(join.proof()),
            Bytes.of(nonce),
            none);
    byte[] signature = own.signing().sign(Transactions.groupMemberSignBytes(CHAIN, unsigned));
    return new GroupMember(
        unsigned.institution(),
        unsigned.commitment(),
        unsigned.proof(),
        unsigned.nonce(),
        Bytes.of(signature));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    chain.close();
    index.close();
  }
}
