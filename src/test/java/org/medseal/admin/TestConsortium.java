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
import org.medseal.crypto.sm2.Sm2PublicKey;
import org.medseal.ledger.api.Ledger;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.engine.Verdict;
import org.medseal.ledger.genesis.TlsProofs;
import org.medseal.ledger.index.H2Index;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.Parameters;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.RecordWitness;
import org.medseal.ledger.net.TlsIdentity;
import org.medseal.requests.ActingKeys;
import org.medseal.requests.InstitutionLedger;
import org.medseal.requests.Intention;

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
  final Issuer issuer;
  final PseudonymKey consortiumKey = new PseudonymKey(1, CHAIN, SecretBytes.random(32, RANDOM));
  final Genesis genesis;
  final TestChain chain;
  private final H2Index index;

  TestConsortium(Path folder, int size) {
    Opener.SetUp setUp = Opener.setUp(CHAIN, RANDOM);
    opener = setUp.opener();
    issuer = Issuer.forEpoch(setUp.parameters(), 1, RANDOM);
    List<Institution> institutions = new ArrayList<>();
    List<GroupMember> members = new ArrayList<>();
    List<EpochCredential> issued = new ArrayList<>();
    for (int i = 1; i <= size; i++) {
      String name = name(i);
      Secrets own = fresh();
      secrets.put(name, own);
      Institution institution = institution(name, i, own, Hash.of(random(32)));
      institutions.add(institution);
      GroupMember member = member(setUp, institution, own);
      members.add(member);
      Credential credential = issuer.issue(member.commitment().toArray(), RANDOM);
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
      return commit(author, header, wraps(dataKey), seal(dataKey, header, content));
    }
  }

  /** As {@link #seals}, of a record that went through rules of this name. */
  Hash seals(String author, PatientIdentifier patient, Document document) {
    try (SecretBytes dataKey = SecretBytes.random(RecordCipher.DATA_KEY_LENGTH, RANDOM)) {
      RecordHeader header = header(document.format(), tags(patient, YearMonth.now(ZoneOffset.UTC)));
      return commit(author, header, wraps(dataKey), seal(dataKey, header, document));
    }
  }

  /** What is sealed. */
  @SuppressWarnings("ArrayRecordComponent") // test data
  record Document(RecordFormat format, String rules, byte[] content) {}

  /** To every key of the present set. */
  private List<Bytes> wraps(SecretBytes dataKey) {
    return chain.of(name(1)).view().custodians().keys().stream()
        .map(key -> Sm2PublicKey.fromPoint(key.sm2Point().toArray()))
        .map(key -> Bytes.of(key.wrap(dataKey, RANDOM)))
        .toList();
  }

  @SuppressWarnings("ArrayRecordComponent") // test data
  record Sealed(byte[] commitment, byte[] ciphertext) {}

  Sealed seal(SecretBytes dataKey, RecordHeader header, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return seal(dataKey, header, new Document(header.format(), "rules", bytes));
  }

  private Sealed seal(SecretBytes dataKey, RecordHeader header, Document document) {
    byte[] associated = Transactions.headerBytes(header);
    SortedMap<String, Integer> counts = new TreeMap<>(Map.of("PID-5", 1));
    RecordContent clear =
        new RecordContent(1, "text/html", document.rules(), counts, document.content());
    return new Sealed(
        RecordCipher.commitment(dataKey, header.salt().toArray(), associated),
        RecordCipher.seal(dataKey, associated, clear.encode(), RANDOM));
  }

  Bytes wrap(SecretBytes dataKey) {
    return Bytes.of(custodian.publicKey().wrap(dataKey, RANDOM));
  }

  RecordHeader header(RecordFormat format, List<Hash> tags) {
    return new RecordHeader(
        CHAIN,
        format,
        Bytes.of(random(RecordHeader.SALT_LENGTH)),
        chain.of(name(1)).view().custodians().version(),
        tags,
        Hash.of(random(32)));
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
    LedgerView view = ledger(author).view();
    RecordTransaction record = signed(memberKey(author, view.epoch()), sealed, witness);
    Verdict verdict = ledger(author).submit(record);
    if (!verdict.isOk()) {
      throw new IllegalStateException("record refused: " + verdict);
    }
    return Transactions.identify(record).id();
  }

  /** What the ledger says of a record that the author signs with its key of that epoch. */
  Verdict offers(String author, int epoch) {
    return ledger(author).submit(anyRecord(memberKey(author, epoch)));
  }

  /** A record by somebody whom the issuer of the first epoch credentialed and told nobody of. */
  Hash sealsAsStranger() {
    MemberSecret stranger = MemberSecret.generate(RANDOM);
    GroupPublicKey group = GroupPublicKey.decode(genesis.groupPublicKey().toArray());
    Credential hidden = issuer.issue(stranger.commitmentBytes(group.parameters()), RANDOM);
    RecordTransaction record = anyRecord(new MemberKey(group, stranger, hidden, 9, 0));
    if (!ledger(name(1)).submit(record).isOk()) {
      throw new IllegalStateException("the ledger cannot know a stranger");
    }
    return Transactions.identify(record).id();
  }

  private MemberKey memberKey(String author, int epoch) {
    LedgerView view = ledger(author).view();
    return new MemberKey(
        GroupPublicKey.decode(view.groupPublicKey(epoch).orElseThrow().toArray()),
        secrets.get(author).member(),
        Credential.decode(view.credential(epoch, author).orElseThrow().credential().toArray()),
        genesis.institutions().size(),
        0);
  }

  private RecordTransaction anyRecord(MemberKey key) {
    try (SecretBytes dataKey = SecretBytes.random(RecordCipher.DATA_KEY_LENGTH, RANDOM)) {
      List<Hash> tags = new ArrayList<>();
      for (int i = 0; i < RecordHeader.TAGS; i++) {
        tags.add(Hash.of(random(32)));
      }
      RecordHeader header = header(RecordFormat.FHIR, tags);
      Sealed sealed = seal(dataKey, header, "{}");
      Payload inline = new Payload.Inline(Bytes.of(sealed.ciphertext()));
      return signed(key, sealed, new RecordWitness(header, List.of(wrap(dataKey)), inline));
    }
  }

  private RecordTransaction signed(MemberKey key, Sealed sealed, RecordWitness witness) {
    RecordCore unsigned = core(key.epoch(), witness, sealed, new byte[352]);
    byte[] signature = key.sign(Transactions.coreDigest(unsigned), RANDOM);
    return new RecordTransaction(core(key.epoch(), witness, sealed, signature), witness);
  }

  /** Proposed by the first, voted for by the others; its secrets are made here. */
  void admits(String newcomer) {
    Secrets own = fresh();
    TlsIdentity tls = TlsIdentity.selfSigned(newcomer, Instant.EPOCH, RANDOM);
    Institution institution = institution(newcomer, secrets.size() + 1, own, tls.pin());
    byte[] message = MembershipActions.admissionSignBytes(CHAIN, institution);
    InstitutionLedger.Submitted proposed =
        acting(name(1))
            .submit(
                new Action.GovernanceProposal(
                    new MembershipChange.Admission(
                        institution,
                        Bytes.of(own.signing().sign(message)),
                        Bytes.of(own.validator().sign(message)),
                        TlsProofs.make(tls.certificate().getPublicKey(), tls.key(), message))),
                Intention.ofNobody());
    for (int i = 2; i <= genesis.institutions().size(); i++) {
      acting(name(i)).submit(new Action.GovernanceVote(proposed.id(), true), Intention.ofNobody());
    }
    secrets.put(newcomer, own);
  }

  /** Acts in its name, and waits for no block. */
  InstitutionLedger acting(String institution) {
    return new InstitutionLedger(
        ledger(institution), keys(secrets.get(institution)), Duration.ZERO);
  }

  ActingKeys keys(Secrets own) {
    return new ActingKeys(
        own.signing(), own.grant(), List.of(consortiumKey), own.local(), own.member());
  }

  private RecordCore core(int epoch, RecordWitness witness, Sealed sealed, byte[] signature) {
    return new RecordCore(
        RecordCore.VERSION,
        CHAIN,
        epoch,
        chain.of(name(1)).view().height() + 500,
        witness.header().format(),
        Transactions.witnessHash(witness),
        Hash.of(sealed.commitment()),
        Bytes.of(signature));
  }

  private static Secrets fresh() {
    return new Secrets(
        Ed25519PrivateKey.generate(RANDOM),
        Ed25519PrivateKey.generate(RANDOM),
        Sm2PrivateKey.generate(RANDOM),
        MemberSecret.generate(RANDOM),
        new PseudonymKey(0, "local", SecretBytes.random(32, RANDOM)));
  }

  private static Institution institution(String name, int number, Secrets own, Hash tlsPin) {
    return new Institution(
        name,
        Bytes.of(own.signing().publicKey().bytes()),
        Bytes.of(own.grant().publicKey().point()),
        Bytes.of(own.validator().publicKey().bytes()),
        tlsPin,
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
