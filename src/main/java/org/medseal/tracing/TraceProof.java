package org.medseal.tracing;

import java.util.List;
import java.util.Optional;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.group.Credential;
import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.crypto.group.Judge;
import org.medseal.crypto.group.Opening;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.codec.CodecException;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.genesis.RegistryProofs;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.Payload;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.RecordFormat;
import org.medseal.ledger.model.RecordHeader;
import org.medseal.ledger.model.RecordTransaction;
import org.medseal.ledger.model.RecordWitness;
import org.medseal.requests.Bodies;

/**
 * Everything that shows who signed a record, judged without a node: the record's core, the opening
 * with its proof, the named institution's credential, and the commitment C with the proof of
 * joining that the institution signed itself. Binary fields are hexadecimal.
 */
public record TraceProof(String recordId, Core core, Named named, String a, String openingProof) {

  /** The signed part of the record; its hash is the record's id. */
  public record Core(
      int version,
      String chainId,
      int epoch,
      long expiryHeight,
      String format,
      String witnessHash,
      String keyCommitment,
      String groupSignature) {}

  /** The institution the signature opens to, as the registry holds it. */
  public record Named(
      String institution,
      String credential,
      String commitment,
      String commitmentProof,
      String nonce,
      String memberSignature) {}

  static TraceProof of(Hash recordId, RecordCore core, Opening opening, Registered registered) {
    GroupMember member = registered.member();
    return new TraceProof(
        recordId.hex(),
        new Core(
            core.version(),
            core.chainId(),
            core.epoch(),
            core.expiryHeight(),
            core.format().name(),
            core.witnessHash().hex(),
            core.keyCommitment().hex(),
            core.groupSignature().hex()),
        new Named(
            member.institution(),
            registered.credential().hex(),
            member.commitment().hex(),
            member.proof().hex(),
            member.nonce().hex(),
            member.signature().hex()),
        Bytes.of(opening.a48()).hex(),
        Bytes.of(opening.proof()).hex());
  }

  /** From exported JSON; empty if it is no proof or lacks a part. */
  public static Optional<TraceProof> parse(byte[] json) {
    return Bodies.read(json, TraceProof.class);
  }

  /** As JSON, for export. */
  public byte[] exported() {
    return Bodies.write(this);
  }

  /** A registry entry with its credential of the record's epoch. */
  record Registered(GroupMember member, Bytes credential) {}

  /** With the genesis alone; false for records of later epochs or institutions. */
  public boolean judge(Genesis genesis) {
    if (core.epoch() != 1) {
      return false;
    }
    return judge(
        genesis, Optional.of(genesis.groupPublicKey()), institution(genesis.institutions()));
  }

  /** With the genesis and the registry of a ledger's copy. */
  public boolean judge(Genesis genesis, LedgerView view) {
    return judge(genesis, view.groupPublicKey(core.epoch()), view.institution(named.institution()));
  }

  private boolean judge(
      Genesis genesis, Optional<Bytes> groupKey, Optional<Institution> institution) {
    if (groupKey.isEmpty() || institution.isEmpty()) {
      return false;
    }
    try {
      GroupPublicKey key = GroupPublicKey.decode(groupKey.get().toArray());
      return RegistryProofs.isKeyOf(key, core.epoch(), genesis.groupParameters())
          && RegistryProofs.isMember(
              genesis.chainId(), genesis.groupParameters(), institution.get(), member())
          && holds(genesis.chainId(), key);
    } catch (CryptoException | CodecException | IllegalArgumentException malformed) {
      return false;
    }
  }

  private boolean holds(String chainId, GroupPublicKey groupKey) {
    RecordCore signed = recordCore();
    return signed.chainId().equals(chainId)
        && recordId(signed).hex().equals(recordId)
        && Judge.judge(
            groupKey,
            Transactions.coreDigest(signed),
            signed.groupSignature().toArray(),
            new Opening(bytes(a), bytes(openingProof)),
            Credential.decode(bytes(named.credential())),
            member().commitment().toArray());
  }

  private Optional<Institution> institution(List<Institution> all) {
    return all.stream().filter(each -> each.name().equals(named.institution())).findFirst();
  }

  private GroupMember member() {
    return new GroupMember(
        named.institution(),
        Bytes.fromHex(named.commitment()),
        Bytes.fromHex(named.commitmentProof()),
        Bytes.fromHex(named.nonce()),
        Bytes.fromHex(named.memberSignature()));
  }

  private RecordCore recordCore() {
    return new RecordCore(
        core.version(),
        core.chainId(),
        core.epoch(),
        core.expiryHeight(),
        RecordFormat.valueOf(core.format()),
        Hash.fromHex(core.witnessHash()),
        Hash.fromHex(core.keyCommitment()),
        Bytes.fromHex(core.groupSignature()));
  }

  /** The id hashes the core alone, so any witness gives the same one. */
  private static Hash recordId(RecordCore core) {
    RecordHeader header =
        new RecordHeader(
            core.chainId(),
            core.format(),
            Bytes.of(new byte[RecordHeader.SALT_LENGTH]),
            1,
            List.of(Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO),
            Hash.ZERO);
    RecordWitness witness = new RecordWitness(header, List.of(), new Payload.Inline(Bytes.empty()));
    return Transactions.identify(new RecordTransaction(core, witness)).id();
  }

  private static byte[] bytes(String hex) {
    return Bytes.fromHex(hex).toArray();
  }
}
