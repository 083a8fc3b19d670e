package org.medseal.ledger.genesis;

import java.util.Arrays;
import org.medseal.crypto.CryptoException;
import org.medseal.crypto.ed25519.Ed25519PublicKey;
import org.medseal.crypto.group.Credential;
import org.medseal.crypto.group.GroupParameters;
import org.medseal.crypto.group.GroupPublicKey;
import org.medseal.crypto.group.JoinCommitment;
import org.medseal.crypto.sm2.Sm2PublicKey;
import org.medseal.ledger.codec.Registries;
import org.medseal.ledger.codec.Transactions;
import org.medseal.ledger.model.Bytes;
import org.medseal.ledger.model.EpochCredential;
import org.medseal.ledger.model.GroupMember;
import org.medseal.ledger.model.Institution;

/**
 * The proofs that the registry of a signing group rests on, in the genesis and in later
 * transactions alike. Malformed input is an answer, false, never an exception.
 */
public final class RegistryProofs {
  private RegistryProofs() {}

  /** The commitment's proof holds and the institution signed it, both for this chain. */
  public static boolean isMember(
      String chainId, Bytes groupParameters, Institution institution, GroupMember member) {
    try {
      GroupParameters parameters = GroupParameters.decode(groupParameters.toArray());
      JoinCommitment commitment =
          new JoinCommitment(member.commitment().toArray(), member.proof().toArray());
      return member.institution().equals(institution.name())
          && Ed25519PublicKey.fromBytes(institution.signingKey().toArray())
              .verify(
                  Transactions.groupMemberSignBytes(chainId, member), member.signature().toArray())
          && commitment.verify(
              parameters,
              Registries.groupId(chainId),
              Registries.memberCertificate(institution),
              member.nonce().toArray());
    } catch (CryptoException e) {
      return false;
    }
  }

  /** The key is one of this group and epoch. */
  public static boolean isKeyOf(GroupPublicKey key, int epoch, Bytes groupParameters) {
    return key.epoch() == epoch
        && Arrays.equals(key.parameters().encoded(), groupParameters.toArray());
  }

  /** The credential verifies under the key and the member's registered C. */
  public static boolean isCredential(
      GroupPublicKey key, EpochCredential credential, GroupMember member) {
    try {
      return Credential.decode(credential.credential().toArray())
          .verify(key, member.commitment().toArray());
    } catch (CryptoException e) {
      return false;
    }
  }

  public static boolean isSm2Point(Bytes point) {
    try {
      Sm2PublicKey.fromPoint(point.toArray());
      return true;
    } catch (CryptoException e) {
      return false;
    }
  }

  public static boolean isEd25519Key(Bytes key) {
    try {
      Ed25519PublicKey.fromBytes(key.toArray());
      return true;
    } catch (CryptoException e) {
      return false;
    }
  }
}
