package org.medseal.ledger.app;

import java.util.function.BooleanSupplier;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.ed25519.Ed25519PublicKey;
import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.crypto.sm2.Sm2PublicKey;
import org.medseal.ledger.app.GroupState.GroupEpoch;
import org.medseal.ledger.app.SignatureClaim.Kind;
import org.medseal.ledger.codec.CanonicalWriter;
import org.medseal.ledger.codec.MembershipActions;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.genesis.RegistryProofs;
import org.medseal.ledger.genesis.TlsProofs;
import org.medseal.ledger.model.Action;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Hash;
import org.medseal.ledger.model.Institution;
import org.medseal.ledger.model.InstitutionTransaction;
import org.medseal.ledger.model.MembershipChange;
import org.medseal.ledger.model.RecordCore;
import org.medseal.ledger.model.ReplicaReceipt;
import org.medseal.ledger.replica.ReceiptRules;

/** Makes the claims of transactions, and keeps the few decoded keys they are verified under. */
final class Proofs {
  private static final int KEYS = 64;

  private final Recent<Bytes, GroupPublicKey> groupKeys = new Recent<>(KEYS);
  private final Recent<Bytes, Ed25519PublicKey> institutionKeys = new Recent<>(KEYS);

  SignatureClaim groupSignature(Hash id, GroupEpoch epoch, RecordCore core) {
    return claim(
        new SignatureClaim.Key(id, Kind.GROUP_SIGNATURE, epoch.groupPublicKey()),
        () ->
            groupKey(epoch.groupPublicKey())
                .verify(Transactions.coreDigest(core), core.groupSignature().toArray()));
  }

  SignatureClaim institutionSignature(
      Hash id, Institution institution, InstitutionTransaction signed) {
    return claim(
        new SignatureClaim.Key(id, Kind.INSTITUTION_SIGNATURE, institution.signingKey()),
        () ->
            institutionKey(institution.signingKey())
                .verify(Transactions.institutionSignBytes(signed), signed.signature().toArray()));
  }

  /** The commitment's proof and the institution's signature on it. */
  SignatureClaim join(Hash id, ChainFacts facts, Institution institution, GroupMember member) {
    return claim(
        new SignatureClaim.Key(id, Kind.JOIN, institution.signingKey()),
        () ->
            RegistryProofs.isMember(
                facts.chainId(), facts.roles().groupParameters(), institution, member));
  }

  /** The new key belongs to the group, and every credential to it and to its member's C. */
  SignatureClaim credentials(Hash id, ChainFacts facts, Action.EpochStart start, GroupState group) {
    CanonicalWriter commitments = new CanonicalWriter();
    for (EpochCredential each : start.credentials()) {
      commitments.fixed(group.member(each.institution()).orElseThrow().commitment());
    }
    return claim(
        new SignatureClaim.Key(id, Kind.CREDENTIALS, commitments.toBytes()),
        () -> {
          GroupPublicKey key = groupKey(start.groupPublicKey());
          return RegistryProofs.isKeyOf(key, start.epoch(), facts.roles().groupParameters())
              && start.credentials().stream()
                  .allMatch(
                      each ->
                          RegistryProofs.isCredential(
                              key, each, group.member(each.institution()).orElseThrow()));
        });
  }

  /** A validator keeps the whole blob of that size. */
  SignatureClaim replicaReceipt(String chainId, ReplicaReceipt receipt, long sizeBytes) {
    Bytes context =
        new CanonicalWriter()
            .u64(sizeBytes)
            .fixed(receipt.validatorKey())
            .u64(receipt.expiryHeight())
            .fixed(receipt.signature())
            .toBytes();
    return claim(
        new SignatureClaim.Key(receipt.chunkRoot(), Kind.REPLICA_RECEIPT, context),
        () ->
            institutionKey(receipt.validatorKey())
                .verify(
                    ReceiptRules.signBytes(
                        chainId,
                        receipt.chunkRoot(),
                        sizeBytes,
                        receipt.validatorKey(),
                        receipt.expiryHeight()),
                    receipt.signature().toArray()));
  }

  /** The new validator key's own word for the institution. */
  SignatureClaim possession(Hash id, String chainId, String institution, Action.KeyRotate rotate) {
    return claim(
        new SignatureClaim.Key(id, Kind.POSSESSION, Bytes.empty()),
        () ->
            isSigned(
                rotate.key(),
                MembershipActions.keyRotationSignBytes(chainId, institution, rotate.key()),
                rotate.proof()));
  }

  /** The TLS key's own word for where its institution's node is. */
  SignatureClaim possession(Hash id, String chainId, String institution, Action.NodeMove move) {
    return claim(
        new SignatureClaim.Key(id, Kind.POSSESSION, Bytes.empty()),
        () ->
            TlsProofs.holds(
                move.tlsPin(),
                MembershipActions.nodeMoveSignBytes(
                    chainId, institution, move.tlsPin(), move.peerAddress()),
                move.tls()));
  }

  /** All three keys' own word for the institution to be admitted. */
  SignatureClaim possession(Hash id, String chainId, MembershipChange.Admission admission) {
    return claim(
        new SignatureClaim.Key(id, Kind.POSSESSION, Bytes.empty()),
        () -> {
          Institution added = admission.institution();
          byte[] message = MembershipActions.admissionSignBytes(chainId, added);
          return isSigned(added.signingKey(), message, admission.signingProof())
              && isSigned(added.validatorKey(), message, admission.validatorProof())
              && TlsProofs.holds(added.tlsPin(), message, admission.tls());
        });
  }

  /** The custodian key's own word for its institution. */
  SignatureClaim possession(Hash id, String chainId, MembershipChange.CustodianAddition addition) {
    return claim(
        new SignatureClaim.Key(id, Kind.POSSESSION, Bytes.empty()),
        () ->
            Sm2PublicKey.fromPoint(addition.key().sm2Point().toArray())
                .verify(
                    MembershipActions.custodianSignBytes(chainId, addition.key()),
                    addition.proof().toArray()));
  }

  private static boolean isSigned(Bytes key, byte[] message, Bytes signature) {
    return Ed25519PublicKey.fromBytes(key.toArray()).verify(message, signature.toArray());
  }

  private static SignatureClaim claim(SignatureClaim.Key key, BooleanSupplier test) {
    return new SignatureClaim(
        key,
        () -> {
          try {
            return test.getAsBoolean();
          } catch (CryptoException e) {
            // A key or proof that cannot be decoded vouches for nothing.
            return false;
          }
        });
  }

  private GroupPublicKey groupKey(Bytes encoded) {
    return groupKeys
        .find(encoded)
        .orElseGet(
            () -> {
              GroupPublicKey decoded = GroupPublicKey.decode(encoded.toArray());
              groupKeys.keep(encoded, decoded);
              return decoded;
            });
  }

  private Ed25519PublicKey institutionKey(Bytes encoded) {
    return institutionKeys
        .find(encoded)
        .orElseGet(
            () -> {
              Ed25519PublicKey decoded = Ed25519PublicKey.fromBytes(encoded.toArray());
              institutionKeys.keep(encoded, decoded);
              return decoded;
            });
  }
}
