package org.medseal.tracing;

import java.util.Optional;
import org.medseal.crypto.group.Credential;
import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.crypto.group.Opening;
import org.medseal.ledger.api.LedgerView;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.Genesis;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.RecordCore;
import org.medseal.requests.Bodies;

/**
 * Everything that shows who signed a record, judged without a node: the record's core, the opening
 * with its proof, the named institution's credential, and the commitment C with the proof of
 * joining that the institution signed itself. Binary fields are hexadecimal.
 */
public record TraceProof(
    String recordId, SignedCore core, Named named, String a, String openingProof)
    implements TraceFinding {

  /** The institution the signature opens to, as the registry holds it. */
  public record Named(
      String institution,
      String credential,
      String commitment,
      String commitmentProof,
      String nonce,
      String memberSignature) {}

  /** A registry entry with its credential of the record's epoch. */
  record Registered(GroupMember member, Bytes credential) {}

  static TraceProof of(Hash recordId, RecordCore core, Opening opening, Registered registered) {
    GroupMember member = registered.member();
    return new TraceProof(
        recordId.hex(),
        SignedCore.of(core),
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

  /** From JSON; empty if it is no proof or lacks a part. */
  public static Optional<TraceProof> parse(byte[] json) {
    return Bodies.read(json, TraceProof.class);
  }

  /** With the genesis alone; false for records of later epochs or institutions. */
  public boolean judge(Genesis genesis) {
    return judge(ProvenRegistry.of(genesis));
  }

  /** With the genesis and the registry of a ledger's copy. */
  public boolean judge(Genesis genesis, LedgerView view) {
    return judge(Registry.of(genesis, view));
  }

  /** A was issued for the C of this institution, and it signed that C itself. */
  @Override
  public boolean concludes(GroupPublicKey key, Registry registry) {
    Credential credential = Credential.decode(Bytes.fromHex(named.credential()).toArray());
    return Bytes.of(credential.a48()).hex().equals(a)
        && credential.verify(key, member().commitment().toArray())
        && registry
            .credentialByA(core.epoch(), Bytes.fromHex(a))
            .filter(each -> each.institution().equals(named.institution()))
            .isPresent()
        && registry.isMember(member());
  }

  GroupMember member() {
    return new GroupMember(
        named.institution(),
        Bytes.fromHex(named.commitment()),
        Bytes.fromHex(named.commitmentProof()),
        Bytes.fromHex(named.nonce()),
        Bytes.fromHex(named.memberSignature()));
  }
}
