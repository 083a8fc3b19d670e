package org.medseal.ledger.app;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.medseal.crypto.SecretBytes;
import org.medseal.crypto.ed25519.Ed25519PrivateKey;
import org.medseal.crypto.group.Credential;
import org.medseal.crypto.group.GroupParameters;
import org.medseal.crypto.group.Issuer;
import org.medseal.crypto.group.JoinCommitment;
import org.medseal.crypto.group.MemberKey;
import org.medseal.crypto.group.MemberSecret;
import org.medseal.crypto.group.Opener;
import org.medseal.crypto.sm2.Sm2PrivateKey;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.CustodianSet;
import org.medseal.ledger.model.CustodianSet.CustodianKey;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.IdentifiedTransaction;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.Parameters;

/**
 * A consortium with real keys: hospital-1 issues and holds the custodian key, hospital-2 opens (or
 * hospital-1, where it is alone).
 */
public final class TestConsortium {
  public static final String CHAIN = "test-chain";
  public static final long GENESIS_MS = 1_700_000_000_000L;
  public static final int MAX_EXPIRY = 50;
  public static final int GRACE = 2;
  public static final int INLINE_LIMIT = 2048;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** One hospital's keys. */
  public record Hospital(
      String name,
      Ed25519PrivateKey signing,
      Ed25519PrivateKey validator,
      Sm2PrivateKey grant,
      MemberSecret secret) {}

  private final List<Hospital> hospitals = new ArrayList<>();
  private final GroupParameters group;
  private final Issuer issuer;
  private final List<Credential> credentials = new ArrayList<>();
  private final Genesis genesis;

  public TestConsortium(int size) {
    group = Opener.setUp(CHAIN, RANDOM).parameters();
    issuer = Issuer.forEpoch(group, 1, RANDOM);
    List<Institution> institutions = new ArrayList<>();
    List<GroupMember> members = new ArrayList<>();
    List<EpochCredential> issued = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Hospital hospital = hospital("hospital-" + (i + 1));
      hospitals.add(hospital);
      institutions.add(institution(hospital, 7501 + i));
      GroupMember member = join(hospital, institutions.get(i), hospital.secret());
      members.add(member);
      Credential credential = issuer.issue(member.commitment().toArray(), RANDOM);
      credentials.add(credential);
      issued.add(new EpochCredential(hospital.name(), Bytes.of(credential.encoded())));
    }
    genesis =
        new Genesis(
            CHAIN,
            GENESIS_MS,
            institutions,
            Bytes.of(group.encoded()),
            Bytes.of(issuer.publicKey().encoded()),
            members,
            issued,
            "hospital-1",
            size == 1 ? "hospital-1" : "hospital-2",
            new CustodianSet(1, List.of(new CustodianKey("hospital-1", newSm2Point()))),
            new Parameters(
                size < 4 ? 0 : 2, size < 4 ? 0 : 25, INLINE_LIMIT, 16_384, MAX_EXPIRY, GRACE));
  }

  public Genesis genesis() {
    return genesis;
  }

  public Hospital hospital(int index) {
    return hospitals.get(index);
  }

  public GroupParameters group() {
    return group;
  }

  /** Signs for the group in epoch 1. */
  public MemberKey memberKey(int index) {
    return new MemberKey(
        issuer.publicKey(),
        hospitals.get(index).secret(),
        credentials.get(index),
        hospitals.size(),
        1);
  }

  public RecordDraft record() {
    return new RecordDraft(this);
  }

  public IdentifiedTransaction action(int hospital, Action action) {
    return action(hospital, 10, action);
  }

  public IdentifiedTransaction action(int hospital, long expiryHeight, Action action) {
    Hospital by = hospitals.get(hospital);
    return signed(CHAIN, by.name(), by.signing(), expiryHeight, action);
  }

  static IdentifiedTransaction signed(
      String chain, String name, Ed25519PrivateKey key, long expiryHeight, Action action) {
    InstitutionTransaction unsigned =
        new InstitutionTransaction(
            chain, name, expiryHeight, random(16), action, Bytes.of(new byte[64]));
    return Transactions.identify(
        new InstitutionTransaction(
            chain,
            name,
            expiryHeight,
            unsigned.nonce(),
            action,
            Bytes.of(key.sign(Transactions.institutionSignBytes(unsigned)))));
  }

  public Action.AccessRequest accessRequest() {
    return new Action.AccessRequest(GENESIS_MS + 3_600_000, random(100));
  }

  /** A join with a fresh secret. */
  public GroupMember rejoin(int index, MemberSecret secret) {
    return join(hospitals.get(index), genesis.institutions().get(index), secret);
  }

  /** The next epoch, with credentials for these members. */
  public Action.EpochStart nextEpoch(int epoch, List<GroupMember> members) {
    Issuer next = Issuer.forEpoch(group, epoch, RANDOM);
    return new Action.EpochStart(
        epoch,
        Bytes.of(next.publicKey().encoded()),
        members.stream()
            .map(
                each ->
                    new EpochCredential(
                        each.institution(),
                        Bytes.of(next.issue(each.commitment().toArray(), RANDOM).encoded())))
            .toList());
  }

  public static Bytes random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  public static Hash randomHash() {
    return new Hash(random(Hash.LENGTH));
  }

  public static Bytes newSm2Point() {
    return Bytes.of(Sm2PrivateKey.generate(RANDOM).publicKey().point());
  }

  /** To be put to the vote: a key of that hospital, with its proof. */
  public MembershipChange.CustodianAddition custodian(int hospital, Sm2PrivateKey key) {
    CustodianKey added =
        new CustodianKey(
            genesis.institutions().get(hospital).name(), Bytes.of(key.publicKey().point()));
    byte[] proof = key.prove(MembershipActions.custodianSignBytes(CHAIN, added), RANDOM);
    return new MembershipChange.CustodianAddition(added, Bytes.of(proof));
  }

  static SecretBytes dataKey() {
    return SecretBytes.random(16, RANDOM);
  }

  private static Hospital hospital(String name) {
    return new Hospital(
        name,
        Ed25519PrivateKey.generate(RANDOM),
        Ed25519PrivateKey.generate(RANDOM),
        Sm2PrivateKey.generate(RANDOM),
        MemberSecret.generate(RANDOM));
  }

  private static Institution institution(Hospital hospital, int port) {
    return new Institution(
        hospital.name(),
        Bytes.of(hospital.signing().publicKey().bytes()),
        Bytes.of(hospital.grant().publicKey().point()),
        Bytes.of(hospital.validator().publicKey().bytes()),
        randomHash(),
        "localhost:" + port,
        10);
  }

  private GroupMember join(Hospital hospital, Institution institution, MemberSecret secret) {
    byte[] nonce = random(32).toArray();
    JoinCommitment commitment =
        secret.join(
            group,
            Registries.groupId(CHAIN),
            Registries.memberCertificate(institution),
            nonce,
            RANDOM);
    GroupMember unsigned =
        new GroupMember(
            hospital.name(),
            Bytes.of(commitment.c48()),
            Bytes.of(commitment.proof()),
            Bytes.of(nonce),
            Bytes.of(new byte[64]));
    return new GroupMember(
        unsigned.institution(),
        unsigned.commitment(),
        unsigned.proof(),
        unsigned.nonce(),
        Bytes.of(hospital.signing().sign(Transactions.groupMemberSignBytes(CHAIN, unsigned))));
  }
}
